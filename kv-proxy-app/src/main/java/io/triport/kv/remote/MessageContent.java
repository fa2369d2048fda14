package io.triport.kv.remote;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** An HTTP message as a body: its head, and then what flows behind it. */
final class MessageContent implements Content {
    private final Bytes head;
    private final Content rest;

    MessageContent(Bytes head, Content rest) {
        this.head = head;
        this.rest = rest;
    }

    @Override
    public OptionalLong length() {
        var length = rest.length();
        return length.isPresent() ? OptionalLong.of(head.size() + length.getAsLong()) : length;
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        var source = rest.bytes();
        return reader -> source.subscribe(new Reading(head, reader));
    }

    @Override
    public Content limitedTo(ByteSize most) {
        if (head.size() > most.bytes()) {
            throw new InvalidInput("body", "at most " + most.bytes() + " bytes");
        }
        return new MessageContent(head, rest.limitedTo(new ByteSize(most.bytes() - head.size())));
    }

    @Override
    public Bytes buffered() {
        return head.concat(rest.buffered());
    }

    @Override
    public boolean flows() {
        return rest.flows();
    }

    @Override
    public void close() {
        rest.close();
    }

    /**
     * One subscription. The head is told at the first demand; what is asked for while it is told waits until it was, so that no piece
     * comes within another. The lock guards what was asked for.
     */
    private static final class Reading implements Flow.Subscriber<ByteBuffer>, Flow.Subscription {
        private final Bytes head;
        private final Flow.Subscriber<? super ByteBuffer> reader;
        private final ReentrantLock lock = new ReentrantLock();
        private Flow.@Nullable Subscription source;
        private boolean begun;
        private boolean telling;
        private long waiting;

        private Reading(Bytes head, Flow.Subscriber<? super ByteBuffer> reader) {
            this.head = head;
            this.reader = reader;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            source = subscription;
            reader.onSubscribe(this);
        }

        @Override
        public void request(long pieces) {
            var first = false;
            lock.lock();
            try {
                first = !begun && pieces > 0;
                if (first) {
                    begun = true;
                    telling = true;
                    waiting = pieces - 1;
                } else if (telling && pieces > 0) {
                    waiting = waiting + pieces < 0 ? Long.MAX_VALUE : waiting + pieces;
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (!first) {
                source().request(pieces);
                return;
            }
            reader.onNext(head.toByteBuffer());
            var left = told();
            if (left > 0) {
                source().request(left);
            }
        }

        /** How many pieces were asked for besides. */
        private long told() {
            lock.lock();
            try {
                telling = false;
                return waiting;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            source().cancel();
        }

        @Override
        public void onNext(ByteBuffer piece) {
            reader.onNext(piece);
        }

        @Override
        public void onError(Throwable failure) {
            reader.onError(failure);
        }

        @Override
        public void onComplete() {
            reader.onComplete();
        }

        /** Nobody asks before it is there. */
        private Flow.Subscription source() {
            if (source == null) {
                throw new IllegalStateException("subscription: none (expected: told before)");
            }
            return source;
        }
    }
}
