package io.triport.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the parts of a program lie. A package stands for itself and all below it.
 *
 * @param roots what is checked
 * @param places what is allowed where; Triport's own packages are in place already
 * @param publicRoutes routes that need no credential, each as {@code GET /health}
 * @param testFolders compiled tests that are not on the class path, for rule 14
 */
public record Layout(
        Set<String> roots, Map<Place, Set<String>> places, Set<String> publicRoutes, List<Path> testFolders) {
    static final String DOMAIN = "io.triport.domain";

    private static final Map<Place, Set<String>> TRIPORT = Map.of(
            Place.DOMAIN, Set.of(DOMAIN),
            Place.IDENTITY, Set.of("io.triport.identity"),
            Place.EDGE, Set.of("io.triport.identity.edge"),
            Place.SCHEDULE, Set.of("io.triport.identity.launch"),
            Place.DELIVERY, Set.of("io.triport.storage.queue"),
            Place.STORAGE, Set.of("io.triport.storage"),
            Place.TIME, Set.of("io.triport.domain.time"));

    public Layout {
        roots = Set.copyOf(roots);
        places = Map.copyOf(places);
        publicRoutes = Set.copyOf(publicRoutes);
        testFolders = List.copyOf(testFolders);
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("roots: none (expected: the packages of the program)");
        }
    }

    public static Layout of(String... roots) {
        return new Layout(Set.of(roots), TRIPORT, Set.of(), List.of());
    }

    /** The same, with packages added to a place. */
    public Layout with(Place place, String... packages) {
        var all = new EnumMap<Place, Set<String>>(Place.class);
        all.putAll(places);
        var more = new HashSet<>(packages(place));
        more.addAll(List.of(packages));
        all.put(place, Set.copyOf(more));
        return new Layout(roots, all, publicRoutes, testFolders);
    }

    public Layout withPublicRoutes(Set<String> routes) {
        return new Layout(roots, places, routes, testFolders);
    }

    public Layout withTestFolders(Path... folders) {
        return new Layout(roots, places, publicRoutes, List.of(folders));
    }

    Set<String> packages(Place place) {
        return places.getOrDefault(place, Set.of());
    }

    /** The packages of some places, as ArchUnit writes patterns. */
    String[] patterns(Place... of) {
        return Stream.of(of)
                .flatMap(place -> packages(place).stream())
                .map(name -> name + "..")
                .distinct()
                .toArray(String[]::new);
    }

    DescribedPredicate<JavaClass> in(Place... of) {
        return JavaClass.Predicates.resideInAnyPackage(patterns(of)).as("in %s", List.of(of));
    }

    boolean checks(JavaClass candidate) {
        return roots.stream().anyMatch(root -> within(candidate.getPackageName(), root));
    }

    static boolean within(String name, String parent) {
        return name.equals(parent) || name.startsWith(parent + ".");
    }
}
