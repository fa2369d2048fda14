package io.triport.rules;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules 4 to 7: who implements the ports, and who makes the proofs. */
record PortRules(Layout layout, Code code) {
    private static final String IDENTITY = "io.triport.domain.identity.";
    private static final String REQUEST = "io.triport.domain.request.";
    private static final String STORAGE = "io.triport.domain.storage.";
    private static final String MECHANISM = IDENTITY + "IdentityMechanism";
    private static final String TASK = IDENTITY + "SystemTask";
    private static final String CONSTRUCTOR = "<init>";

    List<String> mechanismsLiveInIdentity() {
        var mechanisms = Finding.classes(
                code.own(),
                found -> below(found, MECHANISM) && !layout.in(Place.IDENTITY).test(found),
                "mechanisms in identity only");
        var tasks = Finding.classes(code.own(), found -> below(found, TASK) && !ofEnum(found), "an enum");
        return Finding.all(Stream.concat(mechanisms, tasks));
    }

    List<String> adaptersLiveInStorage() {
        var ports = Ports.storage(code);
        var all = Ports.withAdapters(code);
        var elsewhere = Finding.classes(
                code.own(),
                found ->
                        implementsOne(found, ports) && !layout.in(Place.STORAGE).test(found) && !view(found),
                "storage ports implemented in storage, and by the views of the domain, only");
        var open = Finding.classes(
                code.own(),
                found -> implementsOne(found, all) && layout.in(Place.STORAGE).test(found) && !closed(found),
                "an adapter is package-private and final");
        var factories = Finding.classes(
                code.own(),
                found -> factory(found) && found.getModifiers().contains(JavaModifier.PUBLIC),
                "the factory is package-private");
        return Finding.all(Stream.of(elsewhere, open, factories, openers()).flatMap(lines -> lines));
    }

    /** A technology shows one class, which opens it; records of settings beside it are values. */
    private Stream<String> openers() {
        var shown = code.own().stream()
                .filter(layout.in(Place.STORAGE))
                .filter(found -> found.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(found ->
                        !found.isRecord() && !found.isEnum() && !found.isInterface() && found.isTopLevelClass())
                .collect(Collectors.groupingBy(JavaClass::getPackageName));
        return shown.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + " shows "
                        + entry.getValue().stream()
                                .map(JavaClass::getSimpleName)
                                .sorted()
                                .toList()
                        + " (expected: one public class that opens the technology)");
    }

    List<String> identityStateIsIdentitys() {
        var ports = Ports.IDENTITY_STATE;
        var users = Finding.dependencies(
                code.own(),
                layout.in(Place.IDENTITY, Place.STORAGE, Place.DOMAIN).negate(),
                target -> ports.contains(target.getName()),
                "used in identity only");
        var implementors = Finding.classes(
                code.own(),
                found ->
                        implementsOne(found, ports) && !layout.in(Place.STORAGE).test(found),
                "implemented in storage only");
        return Finding.all(Stream.concat(users, implementors));
    }

    List<String> proofsHaveOneMaker() {
        Map<String, Predicate<JavaClass>> makers = Map.of(
                IDENTITY + "Grant",
                found -> found.getName().equals(IDENTITY + "AccessGate"),
                REQUEST + "Fetch",
                layout.in(Place.EDGE),
                REQUEST + "Scheduled",
                layout.in(Place.SCHEDULE),
                REQUEST + "QueueBatch",
                layout.in(Place.DELIVERY),
                STORAGE + "Storage",
                this::factory);
        return Finding.all(
                Finding.accesses(code.own(), (origin, target) -> made(origin, target, makers), "its one maker only"));
    }

    private static boolean made(JavaClass origin, AccessTarget target, Map<String, Predicate<JavaClass>> makers) {
        var product = target.getOwner().getName();
        var maker = makers.get(product);
        return maker != null
                && target.getName().equals(CONSTRUCTOR)
                && !origin.getName().equals(product)
                && !maker.test(origin);
    }

    private boolean factory(JavaClass found) {
        return found.getSimpleName().equals("StorageFactory")
                && layout.in(Place.STORAGE).test(found);
    }

    private static boolean view(JavaClass found) {
        return found.getPackageName().equals("io.triport.domain.storage")
                && (found.getSimpleName().startsWith("Confined")
                        || found.getSimpleName().startsWith("Timed"))
                && closed(found);
    }

    /** Anonymous classes cannot be named or extended anyway. */
    private static boolean closed(JavaClass found) {
        var modifiers = found.getModifiers();
        return found.isAnonymousClass()
                || (modifiers.contains(JavaModifier.FINAL) && !modifiers.contains(JavaModifier.PUBLIC));
    }

    /** Constants with a body are classes below their enum. */
    private static boolean ofEnum(JavaClass found) {
        return found.isEnum()
                || found.getRawSuperclass().filter(JavaClass::isEnum).isPresent();
    }

    private static boolean implementsOne(JavaClass found, Set<String> ports) {
        return ports.stream().anyMatch(port -> below(found, port));
    }

    private static boolean below(JavaClass found, String type) {
        return !found.getName().equals(type) && found.isAssignableTo(type);
    }
}
