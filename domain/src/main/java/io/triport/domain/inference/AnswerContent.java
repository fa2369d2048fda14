package io.triport.domain.inference;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** An answer as a body, read from the model as its subscriber asks for it. */
final class AnswerContent implements Content {
    /*
     * Threads
     *
     * A virtual thread that asks for a piece may wait, so it waits for the model itself; for any other one a virtual thread does.
     * Who wants no more says so from any thread, and the model hears it on that one, at once: the thread that waits for a piece may
     * wait for long.
     */
    private final Answer answer;
    private final long most;
    private final AtomicBoolean taken;

    AnswerContent(Answer answer) {
        this(answer, Long.MAX_VALUE, new AtomicBoolean());
    }

    private AnswerContent(Answer answer, long most, AtomicBoolean taken) {
        this.answer = answer;
        this.most = most;
        this.taken = taken;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return subscriber -> {
            if (!taken.compareAndSet(false, true)) {
                throw new IllegalStateException("content: subscribed again (expected: once)");
            }
            subscriber.onSubscribe(new Reading(answer, most, subscriber));
        };
    }

    @Override
    public Content limitedTo(ByteSize bound) {
        return new AnswerContent(answer, Math.min(most, bound.bytes()), taken);
    }

    @Override
    public Bytes buffered() {
        throw new IllegalStateException("content: of a model (expected: read as a stream)");
    }

    /** Of one that was read to its end this changes nothing. */
    @Override
    public void close() {
        taken.set(true);
        answer.leave();
    }

    /** One subscription; the lock guards all but what is being told. */
    private static final class Reading implements Flow.Subscription, Runnable {
        private final Answer answer;
        private final long most;
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final ReentrantLock lock = new ReentrantLock();
        private long asked;
        private boolean serving;
        private boolean over;
        private long given;

        private Reading(Answer answer, long most, Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.answer = answer;
            this.most = most;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            lock.lock();
            try {
                asked = n <= 0 ? -1 : asked + n < 0 ? Long.MAX_VALUE : asked + n;
                if (serving || over) {
                    return;
                }
                serving = true;
            } finally {
                lock.unlock();
            }
            if (Thread.currentThread().isVirtual()) {
                run();
            } else {
                Thread.ofVirtual().name("answer-read").start(this);
            }
        }

        @Override
        public void cancel() {
            end();
            answer.leave();
        }

        @Override
        public void run() {
            try {
                while (wanted()) {
                    var piece = answer.next();
                    if (piece == null) {
                        if (end()) {
                            subscriber.onComplete();
                        }
                        return;
                    }
                    given += piece.size();
                    if (given > most) {
                        throw new InvalidInput("body", "at most " + most + " bytes");
                    }
                    subscriber.onNext(piece.toByteBuffer());
                }
            } catch (RuntimeException | Error e) {
                var told = end();
                answer.leave();
                if (told) {
                    subscriber.onError(e);
                }
            }
        }

        /** Whether a piece is to be read now; where it is not, nobody serves any more. */
        private boolean wanted() {
            lock.lock();
            try {
                if (asked < 0) {
                    throw new IllegalArgumentException("demand: none or less (expected: 1 or more)");
                }
                serving = !over && asked > 0;
                asked -= serving ? 1 : 0;
                return serving;
            } finally {
                lock.unlock();
            }
        }

        /** @return whether it was not over before */
        private boolean end() {
            lock.lock();
            try {
                var first = !over;
                over = true;
                return first;
            } finally {
                lock.unlock();
            }
        }
    }
}
