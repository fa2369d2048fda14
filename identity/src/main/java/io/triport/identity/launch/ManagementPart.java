package io.triport.identity.launch;

import io.triport.domain.request.Fetch;
import io.triport.identity.connection.EdgeAnswer;

/**
 * What an app does itself on the management port, below a path of its own. It asks its gate who may, for every request. Safe for
 * many threads.
 */
public interface ManagementPart {
    /** The beginning of all its paths, with a slash at both ends. */
    String below();

    /** @param fetch with a body that is held in memory, at most {@link #LONGEST_BODY} bytes of it */
    EdgeAnswer answer(Fetch fetch);

    /** Of any request. */
    int LONGEST_BODY = 128 * 1024;
}
