/**
 * Models behind a server with an API like OpenAI's: chat completions, responses, embeddings, and whatever else takes a body and gives
 * one. Start reading at {@link io.triport.storage.openai.OpenAi}.
 */
@NullMarked
package io.triport.storage.openai;

import org.jspecify.annotations.NullMarked;
