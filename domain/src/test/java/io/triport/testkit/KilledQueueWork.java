package io.triport.testkit;

import io.triport.domain.queue.Delay;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.Settlement;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** What a process does to a queue until it is killed; it tells each answered step, as {@link KilledWriter#killAfter} reads it. */
public final class KilledQueueWork {
    private static final int SENDERS = 16;
    private static final PullRequest ONE = new PullRequest(1, Duration.ofSeconds(30));

    private KilledQueueWork() {}

    /** Sends on many threads without end, from the number on. */
    public static void sendAtOnce(Queue queue, int from, PrintStream out) {
        for (var sender = 0; sender < SENDERS; sender++) {
            var first = from + sender;
            Thread.ofPlatform().start(() -> {
                for (var number = first; number >= 0; number += SENDERS) {
                    queue.send(Message.text(KilledSender.text(number)));
                    tell(out, number);
                }
            });
        }
    }

    /** Takes messages one after the other and settles none. */
    public static void take(Queue queue, PrintStream out) {
        while (true) {
            queue.pull(ONE)
                    .forEach(lease -> tell(out, number(lease.delivery().body().toUtf8())));
        }
    }

    /** Takes messages one after the other, and gives each back. */
    public static void fail(Queue queue, PrintStream out) {
        while (true) {
            for (var lease : queue.pull(ONE)) {
                queue.settle(List.of(new Settlement.Retry(lease.id(), Delay.NONE)));
                tell(out, number(lease.delivery().body().toUtf8()));
            }
        }
    }

    /** The number of a message that says {@link KilledSender#text}. */
    public static int number(String text) {
        return Integer.parseInt(text.substring(KilledSender.text(0).length() - 1));
    }

    private static void tell(PrintStream out, int number) {
        synchronized (out) {
            out.println("written " + number);
            out.flush();
        }
    }
}
