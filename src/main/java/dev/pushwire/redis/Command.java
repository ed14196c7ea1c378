package dev.pushwire.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.pubsub.PubSubOutput;
import java.util.List;

/**
 * Makes commands that can be sent together, in one write to the network. Lettuce's own methods send each command alone.
 */
final class Command {
    static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private Command() {}

    /** Runs a script that Redis knows. */
    static AsyncCommand<String, byte[], List<Object>> evalsha(Call call) {
        return script(CommandType.EVALSHA, ScriptArguments.bytes(call.script().digest()), call);
    }

    /** Runs a script, and loads it into Redis. */
    static AsyncCommand<String, byte[], List<Object>> eval(Call call) {
        return script(CommandType.EVAL, ScriptArguments.bytes(call.script().source()), call);
    }

    /**
     * Passes keys and values as bytes. A codec would first write each to a buffer of its own, and the keys are not
     * needed for routing.
     */
    private static AsyncCommand<String, byte[], List<Object>> script(CommandType type, byte[] script, Call call) {
        CommandArgs<String, byte[]> args =
                new CommandArgs<>(CODEC).add(script).add(call.keys().size());
        for (String key : call.keys()) {
            args.add(ScriptArguments.bytes(key));
        }
        for (byte[] argument : call.arguments()) {
            args.add(argument);
        }
        return command(type, new NestedMultiOutput<>(CODEC), args);
    }

    /** The values of a hash. */
    static AsyncCommand<String, byte[], List<byte[]>> hvals(String key) {
        return command(CommandType.HVALS, new ValueListOutput<>(CODEC), new CommandArgs<>(CODEC).addKey(key));
    }

    /**
     * Subscribes to one channel. If one command named several, Lettuce would take the second answer for that of the
     * next command.
     */
    static AsyncCommand<String, byte[], byte[]> ssubscribe(String channel) {
        return command(CommandType.SSUBSCRIBE, new PubSubOutput<>(CODEC), new CommandArgs<>(CODEC).addKey(channel));
    }

    private static <T> AsyncCommand<String, byte[], T> command(
            CommandType type, CommandOutput<String, byte[], T> output, CommandArgs<String, byte[]> args) {
        return new AsyncCommand<>(new io.lettuce.core.protocol.Command<>(type, output, args));
    }
}
