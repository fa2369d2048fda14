package io.triport.identity.sigv4.body;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A body that is judged as it flows: in the place of its end comes a {@link io.triport.domain.request.BodyRefused} when it is not
 * the one that was signed. Where its length is known its last byte comes only when all the rest was judged, so that who counts
 * bytes does not take it for whole too early. Safe to hand between threads; one reader reads it at a time.
 */
public final class VouchedContent implements Content {
    private static final long UNKNOWN = -1;

    private final Content raw;
    /** Negative where it is not known. */
    private final long length;

    private final Supplier<BodyPieces> judges;
    private final AtomicReference<Map<String, String>> trailers = new AtomicReference<>(Map.of());

    private VouchedContent(Content raw, long length, Supplier<BodyPieces> judges) {
        this.raw = raw;
        this.length = length;
        this.judges = judges;
    }

    /** A body that must hash to this. */
    public static Content hashed(Content raw, Bytes hash) {
        return new VouchedContent(raw, raw.length().orElse(UNKNOWN), () -> new HashedPieces(hash));
    }

    /** What is in the frames of a body that comes in pieces. @param signatures of a chain that nobody has followed yet */
    public static Content unframed(Content raw, Frame frame, Supplier<? extends PieceSignatures> signatures) {
        return new VouchedContent(raw, frame.length(), () -> new FramedPieces(frame, signatures.get()));
    }

    /** A body of a length from the least to the most of bytes, both included. */
    public static Content bounded(Content raw, long least, long most) {
        return new VouchedContent(raw, raw.length().orElse(UNKNOWN), () -> new RangePieces(least, most));
    }

    @Override
    public OptionalLong length() {
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return subscriber -> raw.bytes()
                .subscribe(new Passage(subscriber, judges.get(), length < 0 ? Long.MAX_VALUE : length, trailers::set));
    }

    @Override
    public Content limitedTo(ByteSize most) {
        if (length > most.bytes()) {
            throw new InvalidInput("body", "at most " + most.bytes() + " bytes");
        }
        return new VouchedContent(raw, length, () -> new BoundedPieces(judges.get(), most));
    }

    @Override
    public Bytes buffered() {
        var pieces = judges.get();
        var whole = raw.buffered().toByteBuffer();
        var taken = new ByteArrayOutputStream(whole.remaining());
        var channel = Channels.newChannel(taken);
        for (var next = pieces.next(whole); next != null; next = pieces.next(whole)) {
            try {
                channel.write(next);
            } catch (java.io.IOException e) {
                throw new IllegalStateException("memory takes what fits into it", e);
            }
        }
        pieces.finish();
        trailers.set(pieces.trailers());
        return Bytes.copyOf(taken.toByteArray());
    }

    @Override
    public Map<String, String> trailers() {
        var found = trailers.get();
        return found.isEmpty() ? raw.trailers() : found;
    }

    @Override
    public void close() {
        raw.close();
    }
}
