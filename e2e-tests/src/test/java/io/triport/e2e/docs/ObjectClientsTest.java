package io.triport.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.triport.e2e.AppProcess;
import io.triport.objects.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page of clients shows, run by the clients against a proxy as the page starts it. */
final class ObjectClientsTest {
    private static final String ADDRESS = "http://127.0.0.1:8802";
    private static final long LONGEST_SECONDS = 120;

    @TempDir
    Path directory;

    @Test
    void the_aws_cli_does_what_the_page_says() throws Exception {
        assumeTrue(Shell.has("aws") && Shell.has("curl"));

        assertPrints("sh", "awscli", List.of("bash", "-e"));
    }

    @Test
    void boto3_does_what_the_page_says() throws Exception {
        var python = python();
        assumeTrue(!python.isEmpty());

        assertPrints("python", "boto3", List.of(python));
    }

    @Test
    void rclone_does_what_the_page_says() throws Exception {
        assumeTrue(Shell.has("rclone"));

        assertPrints("sh", "rclone", List.of("bash", "-e"));
    }

    private void assertPrints(String language, String mark, List<String> program) throws Exception {
        var blocks = Page.read("docs/object-clients.md").blocks();
        var at = blocks.indexOf(blocks.stream()
                .filter(block -> block.is(language, mark))
                .findFirst()
                .orElseThrow());
        var output = blocks.get(at + 1);
        assertThat(output.is("text", "output")).isTrue();
        var data = directory.resolve("var/object-proxy");
        var run = new AppProcess.Run(
                "object-proxy", Application.class, List.of(), data, data, directory.resolve("proxy.out"), List.of());
        try (var proxy = AppProcess.launch(run, Map.of(), List.of("--dev")).awaited()) {
            var text = blocks.get(at).text().replace(ADDRESS, proxy.address().toString());

            assertThat(printed(program, text)).matches(pattern(output.text()));
        }
    }

    private String printed(List<String> program, String text) throws IOException, InterruptedException {
        var script = Files.writeString(directory.resolve("example"), text);
        var command = new ArrayList<>(program);
        command.add(script.toString());
        var errors = directory.resolve("errors");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("printed").toFile())
                .redirectError(errors.toFile());
        builder.environment().put("HOME", directory.toString());
        builder.environment()
                .keySet()
                .removeIf(name ->
                        name.startsWith("AWS_") || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        var process = builder.start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readString(directory.resolve("printed"));
    }

    /** Three dots stand for anything. */
    private static Pattern pattern(String output) {
        return Pattern.compile(
                Arrays.stream(output.split("[.]{3}", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** One that has the library; empty where none has. */
    private static String python() throws IOException, InterruptedException {
        for (var python : List.of("/usr/bin/python3", "python3")) {
            if ((python.startsWith("/") ? Files.isExecutable(Path.of(python)) : Shell.has(python))
                    && new ProcessBuilder(python, "-c", "import boto3")
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start()
                                    .waitFor()
                            == 0) {
                return python;
            }
        }
        return "";
    }
}
