package io.triport.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryExampleTest {
    @TempDir
    Path directory;

    @Test
    void the_program_of_the_identity_page_compiles_and_prints_what_the_page_says() throws Exception {
        var blocks = Page.read("docs/identity.md").blocks();
        var program = blocks.stream()
                .filter(block -> block.is("java", "tested"))
                .findFirst()
                .orElseThrow();
        var output = blocks.stream()
                .filter(block -> block.is("text", "output"))
                .findFirst()
                .orElseThrow();

        assertThat(run(program.text())).isEqualTo(output.text());
    }

    private String run(String program) throws Exception {
        var source = Files.writeString(directory.resolve("SignedRequest.java"), program);
        var compiler = ToolProvider.getSystemJavaCompiler();
        var told = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var options =
                    List.of("-d", directory.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
            var compiled = compiler.getTask(told, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(told.toString()).isTrue();
        }
        // Without settings of its own the logging library prints everything.
        Files.writeString(directory.resolve("logback-test.xml"), "<configuration/>");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var production = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        var classPath = directory + File.pathSeparator + production;
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        classPath,
                        "SignedRequest",
                        directory.resolve("nonces").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var printed = new ByteArrayOutputStream();
        process.getInputStream().transferTo(printed);
        process.waitFor();
        return printed.toString(StandardCharsets.UTF_8);
    }
}
