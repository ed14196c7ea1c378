"""socketio-client.py URL: lets python-socketio, with its defaults, do what clients do, and prints what it sees, a line for each.
After the line "cut" it waits until its connections break."""
import json
import queue
import sys

import socketio

PATIENCE = 30
QUESTIONS = "/questions"
url = sys.argv[1]


def say(*words):
    print(*(word if isinstance(word, str) else json.dumps(word, separators=(",", ":")) for word in words), flush=True)


class Client:
    """A client, and what it is told."""

    def __init__(self, namespaces, comes_back):
        # Not in a second, give or take half of one
        self.sio = socketio.Client(reconnection=comes_back, reconnection_delay=0.05, randomization_factor=0)
        self.told = {}
        for namespace, event in (("/", "news"), ("/", "said"), (QUESTIONS, "auth"), (QUESTIONS, "message-back"), (QUESTIONS, "answered")):
            heard = self.told[event] = queue.Queue()
            self.sio.on(event, lambda *args, heard=heard: heard.put(args), namespace)
        self.sio.on("question", self.answer, QUESTIONS)
        self.sio.connect(url, auth={"token": "123"}, namespaces=namespaces)

    def answer(self, text):
        say("asked", text)
        return text.upper()

    def next(self, event):
        return self.told[event].get(timeout=PATIENCE)

    def call(self, event, argument):
        return self.sio.call(event, argument, timeout=PATIENCE)


data = bytes([1, 2, 3])
one = Client(["/", QUESTIONS], comes_back=True)
other = Client(["/"], comes_back=False)
say("news", *one.next("news"))
one.sio.emit("anotherNews", {"my": "data"})
say("echo", one.call("echo", "zwei"))
say("binary echo", one.call("echo", data).hex())
one.call("join", "dialogue")
other.sio.emit("say", ("dialogue", "to the room"))
say("said", *one.next("said"))

say("auth", *one.next("auth"))
one.sio.emit("message", (1, "zwei", [3, None], {"four": 4.5}), QUESTIONS)
say("message", *one.next("message-back"))
one.sio.emit("message", {"deep": [data]}, QUESTIONS)
say("binary message", one.next("message-back")[0]["deep"][0].hex())
one.sio.emit("ask", "who?", QUESTIONS)
say("answered", *one.next("answered"))

before = one.sio.get_sid()
say("cut")
say("again", *one.next("news"))
while not one.sio.connected:  # to both namespaces: it would begin again if it were disconnected before
    one.sio.sleep(0.01)
say("another id", one.sio.get_sid() != before)
say("echo", one.call("echo", "again"))
one.sio.disconnect()
