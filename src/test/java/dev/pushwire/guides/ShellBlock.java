package dev.pushwire.guides;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The commands of a block for the shell, with the answers that the page shows. */
final class ShellBlock {
    private ShellBlock() {}

    /** @param shown what the page says that it answers; empty where it shows nothing */
    record Command(Block block, String text, String shown) {
        @Override
        public String toString() {
            return block.page() + ": " + text;
        }
    }

    /** A block that is nothing else is taken for commands, so an unknown kind of block fails. */
    static boolean is(Block block) {
        return Elsewhere.testOf(block).isEmpty() && !Elsewhere.isText(block);
    }

    static Stream<Command> commands(Block block) {
        List<Command> commands = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        for (String line : block.lines()) {
            if (command.isEmpty() && line.startsWith("{")) {
                commands.add(new Command(block, commands.removeLast().text(), line));
                continue;
            }
            command.append(line);
            if (line.endsWith("\\")) {
                command.append('\n');
            } else {
                commands.add(new Command(block, command.toString(), ""));
                command.setLength(0);
            }
        }
        return commands.stream();
    }
}
