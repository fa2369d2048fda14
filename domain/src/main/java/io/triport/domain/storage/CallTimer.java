package io.triport.domain.storage;

import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.RequestId;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tells the log of every call of one view, whatever its end. */
record CallTimer(StoragePort port, String adapter, String resource, RequestId request, Ticker ticker, StorageLog log) {
    /** Where a call is about no key, or about several. */
    static final Bytes NO_KEY = Bytes.EMPTY;

    /** @param found names what the answer tells, such as {@code found=true} */
    <R> R time(String operation, Supplier<R> call, Function<R, StorageCall.Done> found) {
        return time(operation, NO_KEY, call, found);
    }

    /** The same for a call that is about one key. */
    <R> R time(String operation, Bytes key, Supplier<R> call, Function<R, StorageCall.Done> found) {
        var start = ticker.nanos();
        try {
            var answer = call.get();
            tell(operation, key, found.apply(answer), start);
            return answer;
        } catch (StorageFailure e) {
            tell(operation, key, new StorageCall.Failed(e.code()), start);
            throw e;
        }
    }

    private void tell(String operation, Bytes key, StorageCall.Result result, long start) {
        var took = Duration.ofNanos(ticker.nanos() - start);
        var hash = key.isEmpty() || !log.wantsKeys(request) ? KeyHash.NONE : KeyHash.of(key);
        log.called(new StorageCall(request, port, adapter, operation, resource, hash, result, took));
    }
}
