package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.push.Topics;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

/** What is published after a commit, with a database in memory. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class CancellationsTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Cancellations cancellations;

    @Autowired
    private TransactionTemplate transactions;

    @Autowired
    private Topics topics;

    private long published() {
        return topics.position("cancellations").offset();
    }

    @Test
    void subscribersHearOfWhatWasCommittedAlone() throws Exception {
        try (Sockets subscriber = Sockets.open(port, "/topics/cancellations", null)) {
            transactions.executeWithoutResult(transaction -> {
                cancellations.cancel("4714");
                transaction.setRollbackOnly();
            });
            cancellations.cancel("4715");
            assertThat(subscriber.next()).isEqualTo("4715");
        }
    }

    @Test
    void nothingIsPublishedBeforeTheCommit() {
        long before = published();
        transactions.executeWithoutResult(_ -> {
            cancellations.cancel("4716");
            assertThat(published()).isEqualTo(before);
        });
        assertThat(published()).isEqualTo(before + 1);
    }
}
