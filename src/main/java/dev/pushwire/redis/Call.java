package dev.pushwire.redis;

import dev.pushwire.broker.TopicName;
import java.util.List;

/**
 * One run of a script.
 *
 * @param partition the partition of all its keys
 */
record Call(Script script, int partition, List<String> keys, List<byte[]> arguments) {

    static Call on(TopicName topic, Script script, List<String> keys, List<byte[]> arguments) {
        return new Call(script, Keys.partition(topic), keys, arguments);
    }
}
