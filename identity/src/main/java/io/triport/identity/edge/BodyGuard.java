package io.triport.identity.edge;

import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.AvailableByteBody;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.connection.EdgeRefusal;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Collects bodies that must be whole before identity, each up to its route's bound, all up to their common budget. */
@Singleton
final class BodyGuard {
    private final BodyBudget budget;
    private final EdgeLimits limits;

    BodyGuard(BodyBudget budget, EdgeLimits limits) {
        this.budget = budget;
        this.limits = limits;
    }

    /** What became of a body. */
    sealed interface Outcome {}

    /** The whole body, with its share of the budget, to be closed when the request ends. */
    record Collected(Bytes bytes, BodyBudget.Share share) implements Outcome {}

    /** The body is not wanted; nothing of it was kept. */
    record Refused(EdgeRefusal refusal) implements Outcome {}

    /** Waits for the last byte, as long as the guard of the connection lets the client take. */
    Outcome collect(ServerHttpRequest<?> request, ByteSize bound) {
        try (var body = request.byteBody().move()) {
            var expected = body.expectedLength().orElse(bound.bytes());
            if (expected > bound.bytes()) {
                return new Refused(EdgeRefusal.BODY_TOO_LARGE);
            }
            var share = budget.reserve(ByteSize.ofBytes(expected));
            if (share.isEmpty()) {
                return new Refused(EdgeRefusal.OVERLOADED);
            }
            return collect(body, bound, share.get());
        }
    }

    private Outcome collect(CloseableByteBody body, ByteSize bound, BodyBudget.Share share) {
        try {
            var bytes = whole(body);
            if (bytes.size() <= bound.bytes()) {
                return new Collected(bytes, share);
            }
            share.close();
            return new Refused(EdgeRefusal.BODY_TOO_LARGE);
        } catch (ContentLengthExceededException | BufferLengthExceededException e) {
            share.close();
            return new Refused(EdgeRefusal.BODY_TOO_LARGE);
        } catch (TimeoutException e) {
            share.close();
            return new Refused(EdgeRefusal.REQUEST_TIMEOUT);
        } catch (RuntimeException e) {
            share.close();
            throw e;
        }
    }

    private Bytes whole(CloseableByteBody body) throws TimeoutException {
        if (body instanceof AvailableByteBody available) {
            return Bytes.copyOf(available.toByteArray());
        }
        try (var buffered = body.buffer().get(limits.pace().whole().toMillis(), TimeUnit.MILLISECONDS)) {
            return Bytes.copyOf(buffered.toByteArray());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
    }
}
