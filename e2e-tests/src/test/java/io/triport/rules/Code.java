package io.triport.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import java.util.HashSet;
import java.util.Set;

/**
 * The classes that the rules look at.
 *
 * @param own what is checked: without tests and without what an annotation processor wrote
 * @param domain whatever lies in the packages of Triport's domain, wherever it comes from
 * @param tests everything that is checked, tests included
 */
record Code(JavaClasses own, JavaClasses domain, JavaClasses tests) {
    /** Micronaut's generated classes have names such as {@code $Route$Definition}. */
    private static final ImportOption WRITTEN =
            location -> !location.contains("/$") && !location.contains("$Intercepted");
    /** Tests lie in the package of what they test, and of two classes of one name only one is imported. */
    private static final ImportOption MARKED_ONCE =
            location -> !test(location) || !location.contains("/package-info.class");

    static Code of(Layout layout) {
        var all = imported(layout);
        return of(layout, all.that(DescribedPredicate.describe("no test", Code::production)), all);
    }

    /** Of classes that were imported by other means; all count as production code and as tests. */
    static Code of(Layout layout, JavaClasses classes) {
        return of(layout, classes, classes);
    }

    private static Code of(Layout layout, JavaClasses production, JavaClasses tests) {
        return new Code(
                production.that(DescribedPredicate.describe("checked", layout::checks)),
                production.that(DescribedPredicate.describe("domain", Code::inDomain)),
                tests);
    }

    private static JavaClasses imported(Layout layout) {
        var locations = new HashSet<Location>();
        layout.roots().forEach(root -> locations.addAll(Locations.ofPackage(root)));
        locations.addAll(Locations.ofPackage(Layout.DOMAIN));
        layout.testFolders().forEach(folder -> locations.add(Location.of(folder)));
        return new ClassFileImporter()
                .withImportOption(WRITTEN)
                .withImportOption(MARKED_ONCE)
                .importLocations(locations);
    }

    private static boolean production(JavaClass candidate) {
        return candidate
                .getSource()
                .map(Source::getUri)
                .map(Location::of)
                .filter(Code::test)
                .isEmpty();
    }

    private static boolean inDomain(JavaClass candidate) {
        return Layout.within(candidate.getPackageName(), Layout.DOMAIN);
    }

    private static boolean test(Location location) {
        return location.contains("/test-classes/") || location.contains("-tests.jar!");
    }

    /** Packages that have at least one class here. */
    Set<String> packages() {
        var names = new HashSet<String>();
        own.forEach(found -> names.add(found.getPackageName()));
        return names;
    }
}
