package dev.pushwire.bench.load;

import tools.jackson.databind.json.JsonMapper;

/** The load client's main class: its one argument is a {@link Job}, its last line of output a {@link Measurement}. */
public final class LoadClient {
    /** The line that the client prints when the window opens. */
    public static final String MEASURING = "measuring";

    private LoadClient() {}

    /**
     * Carries out one job.
     *
     * @param arguments the job, as JSON
     */
    public static void main(String[] arguments) {
        JsonMapper json = JsonMapper.shared();
        Job job = json.readValue(arguments[0], Job.class);
        System.out.println(json.writeValueAsString(run(job)));
        System.exit(0); // even if threads are left
    }

    private static Measurement run(Job job) {
        Failures failures = new Failures();
        try {
            return load(new Context(job, failures)).run();
        } catch (Exception e) {
            failures.add("the load client failed: " + e);
            return Measurement.failed(Measurement.Outcome.VOID, failures.first());
        }
    }

    private static Load load(Context context) {
        return switch (context.job().shape().kind()) {
            case ECHO -> new EchoLoad(context);
            case PACED_ECHO -> new PacedEchoLoad(context);
            case BROADCAST, PUBLICATIONS -> new BroadcastLoad(context);
            case IDLE -> new IdleLoad(context);
            case HANDSHAKES -> new HandshakeLoad(context);
        };
    }
}
