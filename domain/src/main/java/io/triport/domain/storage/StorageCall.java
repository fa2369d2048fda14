package io.triport.domain.storage;

import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.request.RequestId;
import java.time.Duration;

/**
 * One call of a port, as it is logged and measured. Holds no key and no value.
 *
 * @param operation a name of the port's own, from a closed set
 * @param resource the container's title, empty where there is none
 */
public record StorageCall(
        RequestId request,
        StoragePort port,
        String operation,
        String resource,
        StorageCall.Result result,
        Duration took) {
    /** How the call went. */
    public sealed interface Result {}

    /** The call was done. @param name and @param value what it found, such as found=true */
    public record Done(String name, String value) implements Result {}

    /** The call failed. */
    public record Failed(FailureCode code) implements Result {}
}
