package io.triport.testkit;

import io.triport.domain.queue.Message;
import io.triport.domain.queue.Queue;
import java.io.PrintStream;

/** A process that sends until it is killed and tells each answered send, as {@link KilledWriter#killAfter} reads it. */
public final class KilledSender {
    private KilledSender() {}

    /** Sends without end; for the main method of the process that will be killed. */
    public static void send(Queue queue, PrintStream out) {
        for (var number = 0; number >= 0; number++) {
            queue.send(Message.text(text(number)));
            out.println("written " + number);
            out.flush();
        }
    }

    /** What the message of a number says, and no other. */
    public static String text(int number) {
        return "number " + number;
    }
}
