package io.triport.objects.serve;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.XmlWriter;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

/** The document of an answer that is not known yet, with blanks before it. Whoever reads it waits for it. */
record LateDocument(Future<StreamReply> work, Patience patience) implements Content {
    private static final Bytes BLANK = Bytes.utf8(" ");

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
        throw new IllegalStateException("answer: not known yet (expected: sent as it comes)");
    }

    @Override
    public Bytes buffered() {
        throw new IllegalStateException("answer: not known yet (expected: sent as it comes)");
    }

    /** Nobody waits any more. */
    @Override
    public void close() {
        work.cancel(true);
    }

    /** For one who asks for one piece at a time. */
    private final class Reading implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private boolean begun;
        private boolean over;

        private Reading(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (over) {
                subscriber.onComplete();
                return;
            }
            try {
                subscriber.onNext(next().toByteBuffer());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                subscriber.onError(S3Error.SERVICE_UNAVAILABLE.refused());
            } catch (ExecutionException e) {
                subscriber.onError(e.getCause());
            }
        }

        private Bytes next() throws InterruptedException, ExecutionException {
            if (!begun) {
                begun = true;
                return XmlWriter.DECLARATION;
            }
            over = patience.awaits(work);
            return over ? rest(work.get()) : BLANK;
        }

        /** The declaration has gone before. */
        private static Bytes rest(StreamReply reply) {
            var document =
                    reply.content() == null ? Bytes.EMPTY : reply.content().buffered();
            return document.startsWith(XmlWriter.DECLARATION)
                    ? document.slice(XmlWriter.DECLARATION.size(), document.size())
                    : document;
        }

        @Override
        public void cancel() {
            over = true;
        }
    }
}
