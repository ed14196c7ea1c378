package dev.pushwire.push;

import dev.pushwire.broker.History;
import dev.pushwire.broker.Position;
import org.jspecify.annotations.Nullable;

/**
 * The broker's answers about former epochs: how far the present epoch continues a former one, and the last position of
 * which the broker knew nothing. Many clients that come back from the same epoch share one question to the broker.
 * Thread-safe.
 */
final class EpochTranslations {
    private record Answer(Position former, Position asked) {}

    private volatile @Nullable Answer goesOn;
    private volatile @Nullable Answer unknown;

    /**
     * Translates a position without asking the broker.
     *
     * @param now where the topic stands
     * @return the position in this epoch, or the same position if it has none; null if the broker must be asked
     */
    @Nullable
    Position translate(Position since, Position now) {
        if (since.epoch().equals(now.epoch())) {
            return since;
        }
        Answer yes = goesOn;
        if (yes != null && isOf(yes, since, now) && since.offset() <= yes.former.offset()) {
            return now.at(since.offset());
        }
        Answer no = unknown;
        return no != null && isOf(no, since, now) && no.former.equals(since) ? since : null;
    }

    private static boolean isOf(Answer answer, Position since, Position now) {
        return answer.former.epoch().equals(since.epoch())
                && answer.asked.epoch().equals(now.epoch());
    }

    /** Keeps the broker's answer, and translates the position with it. */
    Position learn(Position since, History answer, Position now) {
        if (answer.recovered() && answer.latest().epoch().equals(now.epoch())) {
            goesOn = new Answer(since, now);
            return now.at(since.offset());
        }
        unknown = new Answer(since, now);
        return since;
    }
}
