package io.triport.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A program of one file that a page shows. Its class path is the product without the tests. */
record JavaExample(String name, String program) {
    private static final Pattern NAME = Pattern.compile("public final class (\\w+)");
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    /** Never closed: it has read the class path, which takes longer than a compilation. */
    private static final StandardJavaFileManager FILES =
            COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);

    static JavaExample of(String program) {
        var name = NAME.matcher(program);
        assertThat(name.find()).as(program).isTrue();
        return new JavaExample(name.group(1), program);
    }

    /** What it prints. Its one argument is a directory for its data. */
    String run(Path directory) throws IOException, InterruptedException {
        compile(directory);
        // Without settings of its own the logging library prints everything.
        Files.writeString(directory.resolve("logback-test.xml"), "<configuration/>");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var production = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        var classPath = directory + File.pathSeparator + production;
        var process = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        name,
                        directory.resolve("data").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var printed = new ByteArrayOutputStream();
        process.getInputStream().transferTo(printed);
        process.waitFor();
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void compile(Path directory) throws IOException {
        var source = Files.writeString(directory.resolve(name + ".java"), program);
        var told = new StringWriter();
        var options = List.of("-d", directory.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
        var compiled = COMPILER.getTask(told, FILES, null, options, null, FILES.getJavaFileObjects(source))
                .call();
        assertThat(compiled).as(told.toString()).isTrue();
    }
}
