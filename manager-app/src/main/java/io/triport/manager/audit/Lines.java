package io.triport.manager.audit;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.table.AuditRow;
import io.triport.manager.transfer.CsvLine;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Entries as lines of a table, a page at a time: each is read when the one before was sent, by whoever asks for it. */
final class Lines implements Content {
    private final CsvLine head;
    private final LongFunction<List<AuditRow>> pages;
    private final Function<AuditRow, CsvLine> line;

    /** @param pages the entries with smaller ids than a number, none where none is left */
    Lines(CsvLine head, LongFunction<List<AuditRow>> pages, Function<AuditRow, CsvLine> line) {
        this.head = head;
        this.pages = pages;
        this.line = line;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return subscriber -> subscriber.onSubscribe(new Reading(subscriber));
    }

    @Override
    public Content limitedTo(ByteSize most) {
        throw new IllegalStateException("lines: bounded (expected: sent as they are)");
    }

    @Override
    public Bytes buffered() {
        throw new IllegalStateException("lines: held (expected: sent as they come)");
    }

    @Override
    public void close() {
        // Nothing is held between two pages.
    }

    /** For the one thread that asks. */
    private final class Reading implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private long before = Long.MAX_VALUE;
        private boolean begun;
        private boolean over;

        private Reading(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            for (var left = n; left > 0 && !over; left--) {
                try {
                    next();
                } catch (RuntimeException e) {
                    over = true;
                    subscriber.onError(e);
                }
            }
        }

        private void next() {
            var text = new StringBuilder();
            if (!begun) {
                begun = true;
                text.append(head.text());
            }
            var rows = pages.apply(before);
            for (var row : rows) {
                text.append(line.apply(row).text());
                before = row.id();
            }
            if (!text.isEmpty()) {
                subscriber.onNext(Bytes.utf8(text.toString()).toByteBuffer());
            }
            if (rows.isEmpty()) {
                over = true;
                subscriber.onComplete();
            }
        }

        @Override
        public void cancel() {
            over = true;
        }
    }
}
