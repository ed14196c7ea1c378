# Autobahn looks for this package and masks faster with it. What it finds here is in Java.
from dev.pushwire.service import AutobahnMasker


class XorMaskerNull:

    def __init__(self, mask=None):
        self.ptr = 0

    def pointer(self):
        return self.ptr

    def reset(self):
        self.ptr = 0

    def process(self, data):
        self.ptr += len(data)
        return data


def createXorMasker(mask, length=None):
    return AutobahnMasker(mask)
