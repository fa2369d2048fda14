package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command of the proxy's program, as an operator gives it, in a process of its own. */
final class ProxyCommand {
    private ProxyCommand() {}

    /**
     * What it says to a script.
     *
     * @param program its first words
     * @param told the file for what it says to people
     * @throws AssertionError when it fails
     */
    static String run(List<String> program, Path told, Map<String, String> environment, List<String> words)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(program);
        all.addAll(words);
        var builder = new ProcessBuilder(all).redirectError(told.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var end = process.waitFor();
        assertThat(end).as(printed + Files.readString(told)).isZero();
        return printed;
    }
}
