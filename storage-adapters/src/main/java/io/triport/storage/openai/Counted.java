package io.triport.storage.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.TokenEstimate;
import io.triport.domain.inference.Usage;

/** What a server says that it used. @param input and @param output tokens, below 0 where it says nothing */
record Counted(long input, long output) {
    static final Counted NOT = new Counted(-1, -1);

    static Counted of(JsonNode usage, String input, String output) {
        return new Counted(usage.path(input).asLong(-1), usage.path(output).asLong(-1));
    }

    /** Servers need not count. */
    Usage orElse(InferenceInput asked, String said) {
        return new Usage(input < 0 ? TokenEstimate.of(asked) : input, output < 0 ? TokenEstimate.of(said) : output);
    }
}
