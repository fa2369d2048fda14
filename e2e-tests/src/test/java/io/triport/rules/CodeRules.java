package io.triport.rules;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Rules 8, 11, 12 and 13: how code is written. */
record CodeRules(Layout layout, Code code) {
    private static final String NULL_MARKED = "org.jspecify.annotations.NullMarked";
    private static final Set<String> LOCKPICKS = Set.of("setAccessible", "trySetAccessible", "privateLookupIn");
    private static final Set<String> SECRET_PACKAGES = Set.of("hmac", "apikey", "sigv4", "session");

    /** What asks the system, by class; {@code now} only counts without a clock, see {@link #asksTheSystem}. */
    private static final Map<String, Set<String>> SYSTEM = Map.of(
            "java.lang.System", Set.of("currentTimeMillis", "nanoTime", "out", "err"),
            "java.lang.Thread", Set.of("sleep"),
            "java.lang.Math", Set.of("random"),
            "java.util.UUID", Set.of("randomUUID"),
            "java.util.Random", Set.of("<init>"),
            "java.util.concurrent.ThreadLocalRandom", Set.of("current"));

    /** Comparisons that end at the first difference, by class. An array's own equals is that of Object. */
    private static final Map<String, Set<String>> EARLY_ENDING = Map.of(
            "java.lang.String", Set.of("equals", "equalsIgnoreCase", "contentEquals", "compareTo", "regionMatches"),
            "java.util.Arrays", Set.of("equals", "compare", "compareUnsigned", "mismatch", "deepEquals"),
            "java.util.Objects", Set.of("equals", "deepEquals"),
            "java.lang.Object", Set.of("equals"),
            "[B", Set.of("equals"),
            "java.nio.ByteBuffer", Set.of("equals", "compareTo", "mismatch"),
            "io.triport.domain.request.Bytes", Set.of("equals", "compareTo"));

    List<String> noReflection() {
        var packages = JavaClass.Predicates.resideInAnyPackage("java.lang.reflect..", "sun.misc..", "jdk.internal..");
        var named = Finding.dependencies(code.own(), any -> true, packages, "no reflection");
        var called = Finding.accesses(
                code.own(), (origin, target) -> LOCKPICKS.contains(target.getName()), "no way around access rules");
        return Finding.all(Stream.concat(named, called));
    }

    List<String> timeAndChanceAreGiven() {
        var exempt = layout.in(Place.TIME).or(Mains.HAS_MAIN);
        var asked = Finding.accesses(
                code.own(),
                (origin, target) -> !exempt.test(origin) && asksTheSystem(target),
                "Clock, Ticker, Randomness and streams by parameter");
        var local = Finding.dependencies(
                code.own(),
                exempt.negate(),
                target -> target.isAssignableTo(ThreadLocal.class),
                "no state that hides in a thread");
        return Finding.all(Stream.concat(asked, local));
    }

    private static boolean asksTheSystem(AccessTarget target) {
        var owner = target.getOwner().getName();
        return SYSTEM.getOrDefault(owner, Set.of()).contains(target.getName())
                || (owner.startsWith("java.time.") && target.getName().equals("now") && !takesClock(target));
    }

    private static boolean takesClock(AccessTarget target) {
        return target instanceof AccessTarget.CodeUnitAccessTarget unit
                && unit.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(java.time.Clock.class));
    }

    List<String> secretsCompareInConstantTime() {
        return Finding.all(Finding.accesses(
                code.own(), (origin, target) -> comparesSecrets(origin) && endsEarly(target), "MessageDigest.isEqual"));
    }

    private boolean comparesSecrets(JavaClass found) {
        return layout.in(Place.SECRETS).test(found)
                || Stream.of(found.getPackageName().split("\\.")).anyMatch(SECRET_PACKAGES::contains);
    }

    private static boolean endsEarly(AccessTarget target) {
        return EARLY_ENDING.getOrDefault(target.getOwner().getName(), Set.of()).contains(target.getName());
    }

    List<String> classesAreClosed() {
        var open = Finding.classes(
                code.own(), found -> !closed(found), "final, sealed, abstract, a record, an enum or an interface");
        var fields = code.own().stream()
                .flatMap(found -> found.getFields().stream())
                .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                .flatMap(CodeRules::offences);
        return Finding.all(Stream.of(open, fields, unmarked()).flatMap(lines -> lines));
    }

    private static boolean closed(JavaClass found) {
        return found.isInterface()
                || found.isAnonymousClass()
                || found.isEnum()
                || found.getSimpleName().equals("package-info")
                || found.getSimpleName().equals("module-info")
                || found.getRawSuperclass().filter(JavaClass::isEnum).isPresent()
                || found.getModifiers().contains(JavaModifier.FINAL)
                || found.getModifiers().contains(JavaModifier.ABSTRACT)
                || found.reflect().isSealed();
    }

    private static Stream<String> offences(JavaField field) {
        var modifiers = field.getModifiers();
        var constant = modifiers.contains(JavaModifier.STATIC) && modifiers.contains(JavaModifier.FINAL);
        var shown = modifiers.contains(JavaModifier.PUBLIC)
                && !constant
                && !field.getOwner().isEnum();
        var changing = modifiers.contains(JavaModifier.STATIC) && !modifiers.contains(JavaModifier.FINAL);
        var optional = field.getRawType().getName().startsWith("java.util.Optional");
        return Stream.of(
                        shown ? "hidden" : "",
                        changing ? "final, since it is static" : "",
                        optional ? "no Optional" : "")
                .filter(expected -> !expected.isEmpty())
                .map(expected -> field.getFullName() + " (expected: " + expected + ")");
    }

    private Stream<String> unmarked() {
        var missing = new TreeSet<>(code.packages());
        code.own().stream()
                .filter(found -> found.getSimpleName().equals("package-info") && found.isAnnotatedWith(NULL_MARKED))
                .forEach(found -> missing.remove(found.getPackageName()));
        return missing.stream().map(name -> "package " + name + " (expected: package-info with @NullMarked)");
    }
}
