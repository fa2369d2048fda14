package io.triport.storage.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.inference.StreamEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer in pieces, as the server sends it. For one thread. */
interface Pieces {
    /** What a piece of the server's says to us, which may be nothing. The end is told by {@link #end}. */
    List<StreamEvent> of(JsonNode piece);

    /** Whether nothing comes behind this but what we know. */
    boolean over();

    /** What the server said of the end; null where it said nothing of it. */
    StreamEvent.@Nullable Ended end();
}
