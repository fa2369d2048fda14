package io.triport.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * The row of one adapter in the matrix adapter x case of a port: a test belongs to the case that its tag names, such as KV-05. The
 * row is written to {@code target/kv-matrix/<adapter>.txt} and must equal the resource {@code kv-matrix/<adapter>.txt}, so that
 * no case passes less than it did without someone writing it down. Of a case with several tests the row tells how many of them the
 * adapter does not claim, or one that is left out later would be hidden behind one that always was.
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

    private static final class Row {
        private final Map<String, Set<String>> ended = new TreeMap<>();
        private final Map<String, Set<String>> notClaimed = new TreeMap<>();
        private final Map<String, String> reasons = new TreeMap<>();
        private final Set<String> failed = new HashSet<>();
        private String adapter = "";

        private synchronized void leave(String ofCase, String test, String reason) {
            notClaimed.computeIfAbsent(ofCase, any -> new HashSet<>()).add(test);
            reasons.putIfAbsent(ofCase, reason);
        }

        private synchronized void fail(String ofCase) {
            failed.add(ofCase);
        }

        private synchronized void end(String ofCase, String test) {
            ended.computeIfAbsent(ofCase, any -> new HashSet<>()).add(test);
        }

        /** Tests that ended of each case; one with parameters is one. */
        private synchronized Map<String, Integer> counts() {
            var counts = new TreeMap<String, Integer>();
            ended.forEach((ofCase, tests) -> counts.put(ofCase, tests.size()));
            return counts;
        }

        /** A line for each case. */
        private synchronized String text() {
            return ended.keySet().stream()
                    .map(ofCase -> ofCase + " " + cell(ofCase) + "\n")
                    .collect(Collectors.joining());
        }

        /** The same with what is lacking where something is not claimed, for people. */
        private synchronized String explained() {
            return ended.keySet().stream()
                    .map(ofCase -> ofCase + " " + cell(ofCase) + "\t" + reasons.getOrDefault(ofCase, "") + "\n")
                    .collect(Collectors.joining());
        }

        private String cell(String ofCase) {
            var left = notClaimed.getOrDefault(ofCase, Set.of()).size();
            if (failed.contains(ofCase)) {
                return "FAIL";
            }
            if (left == 0) {
                return "PASS";
            }
            return ended.getOrDefault(ofCase, Set.of()).size() == left ? "NOT-CLAIMED" : "PASS, NOT-CLAIMED " + left;
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
        proceed(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<java.lang.reflect.Method> method,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation, context);
    }

    private void proceed(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        try {
            invocation.proceed();
        } catch (NotClaimed e) {
            row(context).leave(ofCase(context), test(context), String.valueOf(e.getMessage()));
            LOG.log(Logger.Level.INFO, "{0} NOT-CLAIMED {1}: {2}", ofCase(context), adapter(context), e.getMessage());
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        end(context);
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        row(context).fail(ofCase(context));
        end(context);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        row(context).fail(ofCase(context));
        end(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var row = row(context);
        var declared = declared(context);
        if (row.ended.isEmpty()) {
            return;
        }
        if (!row.counts().equals(declared)) {
            LOG.log(Logger.Level.INFO, "{0} {1}: only a part of the cases ran, not compared", folder, row.adapter);
            return;
        }
        var seen = row.text();
        LOG.log(
                Logger.Level.INFO,
                "{0} {1}: {2}",
                folder,
                row.adapter,
                seen.strip().replace("\n", "; "));
        write(row.adapter, row.explained());
        var expected = expected(context, row.adapter);
        if (!seen.equals(expected)) {
            throw new AssertionError(folder + "/" + row.adapter + ".txt: another row than expected\nseen:\n" + seen
                    + "expected:\n" + expected);
        }
    }

    private void end(ExtensionContext context) {
        var row = row(context);
        row.adapter = adapter(context);
        var ofCase = ofCase(context);
        if (!ofCase.isEmpty()) {
            row.end(ofCase, test(context));
        }
    }

    private static String test(ExtensionContext context) {
        return context.getRequiredTestMethod().toString();
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
                        context.getRequiredTestClass(), Testable.class, HierarchyTraversalMode.TOP_DOWN)
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
