package io.triport.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * The row of one adapter in the matrix adapter x case of a port: a test belongs to the case that its tag names, such as KV-05. The
 * row is written to {@code target/kv-matrix/<adapter>.txt} and must equal the resource {@code kv-matrix/<adapter>.txt}, so that
 * no case passes less than it did without someone writing it down.
 */
final class CaseMatrix implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor, TestWatcher {
    private static final Logger LOG = System.getLogger("io.triport.testkit.matrix");

    private final String folder;
    private final String cases;
    private final Function<Object, String> adapterOf;

    /** @param cases what the tags of cases begin with @param adapterOf the name of the row, of a test's instance */
    CaseMatrix(String folder, String cases, Function<Object, String> adapterOf) {
        this.folder = folder;
        this.cases = cases;
        this.adapterOf = adapterOf;
    }

    /** Worse ones later: a case with several tests is as its worst. */
    private enum Result {
        PASS,
        NOT_CLAIMED,
        FAIL
    }

    private static final class Row {
        private final Map<String, Result> cells = new TreeMap<>();
        private final Map<String, Integer> ended = new TreeMap<>();
        private String adapter = "";

        private synchronized void note(String ofCase, Result result) {
            cells.merge(ofCase, result, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }

        private synchronized void end(String ofCase, Result result) {
            note(ofCase, result);
            ended.merge(ofCase, 1, Integer::sum);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        row(context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<java.lang.reflect.Method> method,
            ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (NotClaimed e) {
            row(context).note(ofCase(context), Result.NOT_CLAIMED);
            LOG.log(Logger.Level.INFO, "{0} NOT-CLAIMED {1}: {2}", ofCase(context), adapter(context), e.getMessage());
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        end(context, Result.PASS);
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        end(context, Result.FAIL);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        end(context, Result.FAIL);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var row = row(context);
        var declared = declared(context);
        if (row.cells.isEmpty()) {
            return;
        }
        if (!row.ended.equals(declared)) {
            LOG.log(Logger.Level.INFO, "{0} {1}: only a part of the cases ran, not compared", folder, row.adapter);
            return;
        }
        var seen = row.cells.entrySet().stream()
                .map(cell -> cell.getKey() + " " + cell.getValue().name().replace('_', '-') + "\n")
                .collect(Collectors.joining());
        LOG.log(
                Logger.Level.INFO,
                "{0} {1}: {2}",
                folder,
                row.adapter,
                seen.strip().replace("\n", ", "));
        write(row.adapter, seen);
        var expected = expected(context, row.adapter);
        if (!seen.equals(expected)) {
            throw new AssertionError(folder + "/" + row.adapter + ".txt: another row than expected\nseen:\n" + seen
                    + "expected:\n" + expected);
        }
    }

    private void end(ExtensionContext context, Result result) {
        var row = row(context);
        row.adapter = adapter(context);
        var ofCase = ofCase(context);
        if (!ofCase.isEmpty()) {
            row.end(ofCase, result);
        }
    }

    private static Row row(ExtensionContext context) {
        var ofClass = context.getRequiredTestClass();
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(CaseMatrix.class))
                .getOrComputeIfAbsent(ofClass, any -> new Row(), Row.class);
    }

    private String adapter(ExtensionContext context) {
        return adapterOf.apply(context.getRequiredTestInstance());
    }

    private String ofCase(ExtensionContext context) {
        return context.getTags().stream()
                .filter(tag -> tag.startsWith(cases))
                .findFirst()
                .orElse("");
    }

    private Map<String, Integer> declared(ExtensionContext context) {
        return AnnotationSupport.findAnnotatedMethods(
                        context.getRequiredTestClass(), Test.class, HierarchyTraversalMode.TOP_DOWN)
                .stream()
                .flatMap(method ->
                        AnnotationSupport.findRepeatableAnnotations(method, org.junit.jupiter.api.Tag.class).stream())
                .filter(tag -> tag.value().startsWith(cases))
                .collect(Collectors.toMap(tag -> tag.value(), tag -> 1, Integer::sum, TreeMap::new));
    }

    private void write(String adapter, String row) {
        try {
            var writtenTo = Path.of("target", folder);
            Files.createDirectories(writtenTo);
            Files.writeString(writtenTo.resolve(adapter + ".txt"), row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String expected(ExtensionContext context, String adapter) {
        try (var resource = context.getRequiredTestClass().getResourceAsStream("/" + folder + "/" + adapter + ".txt")) {
            return resource == null
                    ? "(no such resource)\n"
                    : new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
