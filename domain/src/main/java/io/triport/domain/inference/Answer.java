package io.triport.domain.inference;

import io.triport.domain.request.Bytes;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An answer that has begun, piece by piece, and who pays for it. For one thread, but for {@link #leave}. */
final class Answer {
    private static final String LEFT = "left";

    private final ModelStream stream;
    private final TokenBudgets.Charge charge;
    private final FirstByteDeadline deadline;
    private final Consumer<InferenceOutput> records;
    private final Said said = new Said();
    /** Tokens, as far as they can be known before the model has counted. */
    private final AtomicLong used;

    private @Nullable StreamEvent waiting;
    private boolean ended;

    private Answer(
            Begun begun, TokenBudgets.Charge charge, FirstByteDeadline deadline, Consumer<InferenceOutput> records) {
        this.stream = begun.stream;
        this.waiting = begun.first;
        this.used = new AtomicLong(begun.inputTokens);
        this.charge = charge;
        this.deadline = deadline;
        this.records = records;
    }

    /** An answer of which the first piece is there. */
    record Begun(ModelStream stream, StreamEvent first, long inputTokens) {
        Answer paidBy(TokenBudgets.Charge charge, FirstByteDeadline deadline, Consumer<InferenceOutput> records) {
            return new Answer(this, charge, deadline, records);
        }
    }

    /** Waits for the first piece. */
    static Begun begin(ModelStream stream, long inputTokens) {
        try {
            return new Begun(stream, stream.next(), inputTokens);
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** What goes to the client next; null at the end. */
    @Nullable
    Bytes next() {
        if (ended) {
            return null;
        }
        var event = waiting == null ? deadline.within(stream::next) : waiting;
        waiting = null;
        return switch (event) {
            case StreamEvent.Text text -> {
                said.add(text);
                spend(text.text());
                yield EventText.of(text);
            }
            case StreamEvent.ToolCalls calls -> {
                said.add(calls);
                spend(calls.calls().text());
                yield EventText.of(calls);
            }
            case StreamEvent.Ended end -> {
                ended = true;
                settle(end.usage().total(), end.reason());
                yield EventText.of(end);
            }
        };
    }

    /** Nobody wants more, or the model has broken off: what was given out is paid for. From any thread, any number of times. */
    void leave() {
        stream.close();
        settle(used.get(), LEFT);
    }

    /** A piece is one token in most cases, and never less. */
    private void spend(String piece) {
        used.addAndGet(Math.max(1, TokenEstimate.ofBytes(piece.length())));
    }

    private void settle(long tokens, String reason) {
        if (charge.settle(tokens)) {
            records.accept(said.whole(reason));
        }
    }
}
