package io.triport.manager.cloudflare.ai;

import com.fasterxml.jackson.databind.JsonNode;

/** How an answer that comes piece by piece is told: each method gives events as they are sent, or an empty text. For one thread. */
interface Telling {
    /** Before the first piece. */
    String begun();

    String said(String text);

    /** @param calls of tools, or a part of them: a list, as the model wrote it */
    String called(JsonNode calls);

    /** @param usage with {@code prompt_tokens}, {@code completion_tokens} and {@code total_tokens} */
    String ended(String reason, JsonNode usage);
}
