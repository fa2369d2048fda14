package io.triport.manager.repeat;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/** A body that is known by its digest once somebody has read it, and is not held for that. */
public final class DigestedBody implements Content {
    private final Content body;
    private final Digest digest;

    DigestedBody(Content body) {
        this(body, new Digest());
    }

    private DigestedBody(Content body, Digest digest) {
        this.body = body;
        this.digest = digest;
    }

    /** How much of a body was read. */
    public enum Read {
        NOTHING,
        A_PART,
        ALL,
        /** Nothing, and nobody can any more. */
        GIVEN_UP
    }

    Read read() {
        return digest.read();
    }

    /** 32 bytes. @throws IllegalStateException unless all was read */
    Bytes sha256() {
        return digest.whole();
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return subscriber -> body.bytes().subscribe(new Reading(subscriber, digest));
    }

    @Override
    public Content limitedTo(ByteSize most) {
        return new DigestedBody(body.limitedTo(most), digest);
    }

    @Override
    public Bytes buffered() {
        var bytes = body.buffered();
        digest.begin();
        digest.add(bytes.toByteBuffer());
        digest.end();
        return bytes;
    }

    @Override
    public Map<String, String> trailers() {
        return body.trailers();
    }

    @Override
    public boolean flows() {
        return body.flows();
    }

    @Override
    public void close() {
        digest.giveUp();
        body.close();
    }

    /** Guarded by itself: a body is told by threads of its own. */
    private static final class Digest {
        private MessageDigest begun = Sha256.begun();
        private Bytes whole = Bytes.EMPTY;
        private Read read = Read.NOTHING;

        synchronized Read read() {
            return read;
        }

        synchronized Bytes whole() {
            if (read != Read.ALL) {
                throw new IllegalStateException("body: read " + read + " (expected: ALL)");
            }
            return whole;
        }

        /** One that is held in memory may be read again, and is the same then. */
        synchronized void begin() {
            begun = Sha256.begun();
            read = Read.A_PART;
        }

        synchronized void add(ByteBuffer piece) {
            begun.update(piece);
        }

        synchronized void end() {
            whole = Bytes.copyOf(begun.digest());
            read = Read.ALL;
        }

        synchronized void giveUp() {
            if (read == Read.NOTHING) {
                read = Read.GIVEN_UP;
            }
        }
    }

    /** Counts what goes by. */
    private record Reading(Flow.Subscriber<? super ByteBuffer> subscriber, Digest digest)
            implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            digest.begin();
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            digest.add(piece.duplicate());
            subscriber.onNext(piece);
        }

        @Override
        public void onError(Throwable failure) {
            subscriber.onError(failure);
        }

        @Override
        public void onComplete() {
            digest.end();
            subscriber.onComplete();
        }
    }
}
