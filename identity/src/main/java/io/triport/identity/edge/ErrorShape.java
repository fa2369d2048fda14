package io.triport.identity.edge;

import io.triport.domain.identity.Refusal;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.connection.EdgeRefusal;
import org.slf4j.event.Level;

/**
 * How an app words what goes wrong: the one place that knows its wire errors. Called on event loops, so it must not wait.
 * Headers that all apps share (layer, request id, retry, connection) are set by the edge.
 */
public interface ErrorShape {
    /** The request was refused before identity, or the app failed. */
    EdgeAnswer of(EdgeRefusal refusal);

    /** The gate stayed closed. */
    EdgeAnswer of(Refusal refusal);

    /** App code ended with a failure. */
    Failure of(RuntimeException failure);

    /** An answer to a failure, who refused, and how loud the log is about it. */
    record Failure(EdgeAnswer answer, Layer layer, Level level) {}
}
