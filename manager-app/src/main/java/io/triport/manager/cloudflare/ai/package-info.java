/**
 * Models by Cloudflare's API and by OpenAI's, for clients that nobody changed. Start reading at {@code AiApi} and {@code OpenAiApi}.
 */
@NullMarked
package io.triport.manager.cloudflare.ai;

import org.jspecify.annotations.NullMarked;
