package io.triport.e2e;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * What the compiler says of a source.
 *
 * @param errors in the order of their lines
 */
record Compilation(List<Complaint> errors) {
    /** @param code the compiler's own name of the error, the same in all languages */
    record Complaint(String code, String message) {}

    boolean succeeded() {
        return errors.isEmpty();
    }

    /** @param name of the class with its package. @param classPath all that the source may name. @param output a folder */
    static Compilation of(String name, String source, List<Path> classPath, Path output) {
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "tests run on a JDK");
        var said = new DiagnosticCollector<JavaFileObject>();
        var options = List.of(
                "-proc:none",
                // The names of errors as they are found, not as they are shortened for people.
                "-Xdiags:verbose",
                "-d",
                output.toString(),
                "-classpath",
                Stream.concat(classPath.stream(), Stream.of(output))
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
        compiler.getTask(null, null, said, options, null, List.of(new Text(name, source)))
                .call();
        return new Compilation(said.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> new Complaint(diagnostic.getCode(), diagnostic.getMessage(Locale.ROOT)))
                .toList());
    }

    /** The folder or jar that a class was loaded from. */
    static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Text extends SimpleJavaFileObject {
        private final byte[] source;

        Text(String name, String source) {
            super(URI.create("string:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.source = source.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return new String(source, StandardCharsets.UTF_8);
        }
    }
}
