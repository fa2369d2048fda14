package io.triport.storage.openai;

import io.triport.domain.identity.Secret;
import io.triport.domain.inference.Model;
import io.triport.domain.inference.ModelBackend;
import io.triport.domain.inference.Task;
import io.triport.testkit.InferenceCapability;
import io.triport.testkit.ModelFixture;
import io.triport.testkit.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/** Models behind a server of the test's own. */
final class ServerFixture implements ModelFixture {
    static final String KEY = "sk-very-secret";

    private final OpenAi openAi = new OpenAi();
    private final String textPath;
    private final boolean tools;
    private final ScriptedServer server;

    ServerFixture(String textPath) {
        this.textPath = textPath;
        // Of the contract's form, which is that of chat completions.
        this.tools = textPath.startsWith("/chat");
        try {
            this.server = new ScriptedServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<Task, Model> models() {
        return Map.of(
                Task.TEXT_GENERATION, model(textPath, Task.TEXT_GENERATION),
                Task.TEXT_EMBEDDINGS, model("/embeddings", Task.TEXT_EMBEDDINGS),
                Task.OTHER, model("/passed", Task.OTHER));
    }

    Model model(String path, Task task) {
        return openAi.open(new ModelBackend.OpenAi(server.base(), path, "theirs", Secret.of(KEY)), task);
    }

    ScriptedServer server() {
        return server;
    }

    @Override
    public Set<InferenceCapability> capabilities() {
        return tools
                ? Set.of(InferenceCapability.SCRIPTED, InferenceCapability.TOOLS)
                : Set.of(InferenceCapability.SCRIPTED);
    }

    @Override
    public ScriptedModel script() {
        return server;
    }

    @Override
    public void close() {
        openAi.close();
        server.close();
    }
}
