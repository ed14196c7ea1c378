package dev.pushwire.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process in an image's file system, as in Kubernetes' "restricted" Pod Security Standard: the image's user, which is
 * mapped to no other, no capability and no way to get one, a read-only root and a new {@code /tmp}. Bubblewrap makes
 * it. The network is that of the machine.
 */
final class Container implements AutoCloseable {
    private final Process process;
    private final Path log;

    private Container(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** The image's own command, with these variables besides its own. */
    static Container start(Image image, Path log, Map<String, String> environment) throws IOException {
        return start(image, log, environment, image.words("Entrypoint"));
    }

    static Container start(Image image, Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        String[] user = image.word("User").split(":");
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            // Within the user namespace, a process may be any user. For files, it is the user that it was outside.
            all.addAll(List.of("setpriv", "--reuid", user[0], "--regid", user[1], "--clear-groups"));
        }
        all.addAll(List.of("bwrap", "--unshare-user", "--uid", user[0], "--gid", user[1], "--cap-drop", "ALL"));
        all.addAll(List.of("--unshare-pid", "--as-pid-1", "--unshare-ipc", "--unshare-uts", "--die-with-parent"));
        all.addAll(List.of(
                "--ro-bind", image.root().toString(), "/", "--tmpfs", "/tmp", "--proc", "/proc", "--dev", "/dev"));
        all.addAll(List.of("--chdir", image.word("WorkingDir"), "--clearenv"));
        for (String variable : image.words("Env")) {
            all.addAll(List.of("--setenv", variable.split("=", 2)[0], variable.split("=", 2)[1]));
        }
        environment.forEach((name, value) -> all.addAll(List.of("--setenv", name, value)));
        all.addAll(command);
        Process process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Container(process, log);
    }

    private static boolean isRoot() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    /** SIGTERM to process 1, as the kubelet does it. */
    void terminate() {
        process.toHandle().children().forEach(ProcessHandle::destroy);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code, or -1 if it has not ended by then. */
    int exitWithin(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** What {@code /proc} says of process 1. */
    List<String> status() throws IOException {
        long pid = process.toHandle().children().findFirst().orElseThrow().pid();
        return Files.readAllLines(Path.of("/proc/" + pid + "/status"));
    }

    @Override
    public void close() {
        process.destroyForcibly(); // --die-with-parent takes process 1 along
    }
}
