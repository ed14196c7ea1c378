package dev.pushwire.push;

import dev.pushwire.broker.History;
import dev.pushwire.broker.Position;
import org.jspecify.annotations.Nullable;

/**
 * What the broker has said of a former epoch, so that of many who come back from it not each has to ask: how far the present
 * one goes on from it, and the last position of which it knew nothing. Thread-safe.
 */
final class EpochTranslations {
    private record Answer(Position former, Position asked) {}

    private volatile @Nullable Answer goesOn;
    private volatile @Nullable Answer unknown;

    /**
     * Translates without asking the broker.
     *
     * @param now where the topic stands
     * @return the position in this epoch, or itself if it has none; null when the broker is to be asked
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

    /** Keeps the broker's answer, and translates with it. */
    Position learn(Position since, History answer, Position now) {
        if (answer.recovered() && answer.latest().epoch().equals(now.epoch())) {
            goesOn = new Answer(since, now);
            return now.at(since.offset());
        }
        unknown = new Answer(since, now);
        return since;
    }
}
