package io.triport.objects.serve;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import io.triport.objects.wire.S3Error;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/** The file of a form, as it comes. Whoever reads it waits for it. */
record FormFile(FormSource source, ByteSize most) implements Content {
    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return subscriber -> {
            source.begin();
            subscriber.onSubscribe(new Reading(subscriber));
        };
    }

    @Override
    public Content limitedTo(ByteSize other) {
        return new FormFile(source, other.compareTo(most) < 0 ? other : most);
    }

    @Override
    public Bytes buffered() {
        throw new IllegalStateException("body: streams (expected: one that is held in memory)");
    }

    @Override
    public void close() {
        source.close();
    }

    /** Asking from within an answer only counts, so that no answer lies within another. */
    private final class Reading implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private long demand;
        private long seen;
        private boolean giving;
        private boolean over;

        private Reading(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            demand += Math.clamp(n, 0, Integer.MAX_VALUE);
            if (n <= 0 && !over) {
                over = true;
                subscriber.onError(new IllegalArgumentException("demand: " + n + " (expected: 1 or more)"));
            }
            if (giving) {
                return;
            }
            giving = true;
            try {
                while (demand > 0 && !over) {
                    demand--;
                    give();
                }
            } catch (InterruptedException e) {
                over = true;
                Thread.currentThread().interrupt();
                subscriber.onError(S3Error.SERVICE_UNAVAILABLE.refused());
            } catch (RuntimeException e) {
                over = true;
                subscriber.onError(e);
            } finally {
                giving = false;
            }
        }

        private void give() throws InterruptedException {
            var piece = source.next();
            if (piece == null) {
                source.drain();
                over = true;
                subscriber.onComplete();
                return;
            }
            seen += piece.remaining();
            if (seen > most.bytes()) {
                throw new InvalidInput("body", "at most " + most.bytes() + " bytes");
            }
            subscriber.onNext(piece);
        }

        @Override
        public void cancel() {
            over = true;
        }
    }
}
