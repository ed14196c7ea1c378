package dev.pushwire.broker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A node that records what it is told, and answers with its name and the question. */
public final class RecordingNode implements ClusterListener {
    /** The question that it does not answer. */
    public static final String RIDDLE = "riddle";

    private final NodeName name = NodeName.random();
    private final List<String> told = new CopyOnWriteArrayList<>();

    public NodeName name() {
        return name;
    }

    /** The notices, and {@code caught up}. */
    public List<String> told() {
        return told;
    }

    @Override
    public Supplier<String> told(String notice) {
        told.add(notice);
        return () -> asked(notice);
    }

    @Override
    public String asked(String question) {
        return question.equals(RIDDLE) ? null : answer(question);
    }

    /** What it answers. */
    public String answer(String question) {
        return name + " " + question;
    }

    @Override
    public void caughtUp() {
        told.add("caught up");
    }
}
