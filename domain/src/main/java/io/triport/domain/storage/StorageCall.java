package io.triport.domain.storage;

import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.request.RequestId;
import java.time.Duration;

/**
 * One call of a port, as it is logged, measured and traced. Holds no key and no value.
 *
 * @param adapter the technology behind the port, such as {@code sqlite}: a name from a closed set
 * @param operation a name of the port's own, from a closed set
 * @param resource the container's title, empty where there is none
 * @param key by its hash, where the call is about one key and somebody wants to know
 */
public record StorageCall(
        RequestId request,
        StoragePort port,
        String adapter,
        String operation,
        String resource,
        KeyHash key,
        StorageCall.Result result,
        Duration took) {
    /** How the call went. */
    public sealed interface Result {}

    /** The call was done. @param name and @param value what it found, such as found=true */
    public record Done(String name, String value, Moved moved) implements Result {
        /** Without bytes of callers on either way. */
        public Done(String name, String value) {
            this(name, value, Moved.NOTHING);
        }

        Done bringing(long bytes) {
            return new Done(name, value, new Moved(bytes, moved.out()));
        }

        Done giving(long bytes) {
            return new Done(name, value, new Moved(moved.in(), bytes));
        }
    }

    /** Bytes of values, bodies and messages. @param in that were stored or handed over @param out that were read, or are about to be */
    public record Moved(long in, long out) {
        static final Moved NOTHING = new Moved(0, 0);
    }

    /** The call failed. */
    public record Failed(FailureCode code) implements Result {}
}
