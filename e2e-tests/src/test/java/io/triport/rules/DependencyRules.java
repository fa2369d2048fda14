package io.triport.rules;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Rules 1, 2, 3 and 9: what may name what. */
record DependencyRules(Layout layout, Code code) {
    private static final String GRANT = "io/triport/domain/identity/Grant.class";

    private static final Set<String> FILE_CLASSES = Set.of(
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile");

    List<String> domainStandsAlone() {
        var allowed = JavaClass.Predicates.resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..")
                .or(layout.in(Place.DOMAIN));
        return Finding.all(Finding.dependencies(
                code.own(), layout.in(Place.DOMAIN), allowed.negate(), "java.., javax.crypto, the domain, JSpecify"));
    }

    List<String> domainHasOneHome() {
        var homes = Homes.of(GRANT);
        var several =
                Homes.same(homes) ? Stream.<String>of() : Stream.of(GRANT + " lies in " + homes + " (expected: one)");
        var strangers = Finding.classes(
                code.domain(),
                found -> homes.stream().noneMatch(location(found)::startsWith),
                "in " + homes + ", the home of the gate");
        return Finding.all(Stream.concat(several, strangers));
    }

    List<String> dependenciesPointInward() {
        var app = layout.in(Place.APP);
        var identity = layout.in(Place.IDENTITY);
        var storage = layout.in(Place.STORAGE);
        var fromIdentity =
                Finding.dependencies(code.own(), identity, storage.or(app), "identity knows the domain only");
        var fromStorage = Finding.dependencies(code.own(), storage, identity.or(app), "storage knows the domain only");
        var fromApps = layout.packages(Place.APP).stream().flatMap(this::fromApp);
        return Finding.all(
                Stream.of(fromIdentity, fromStorage, fromApps, cycles()).flatMap(lines -> lines));
    }

    private Stream<String> fromApp(String name) {
        Predicate<JavaClass> here = found -> Layout.within(found.getPackageName(), name);
        var elsewhere =
                layout.in(Place.APP).and(com.tngtech.archunit.base.DescribedPredicate.describe("other", here.negate()));
        return Finding.dependencies(
                code.own(),
                here,
                layout.in(Place.STORAGE).or(elsewhere),
                "an app knows identity and the domain, no adapter and no other app");
    }

    private Stream<String> cycles() {
        return slices()
                .assignedFrom(new EachPackage())
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .evaluate(code.own())
                .getFailureReport()
                .getDetails()
                .stream();
    }

    List<String> technologiesHaveAPlace() {
        var drivers = JavaClass.Predicates.resideInAnyPackage(
                "javax.sql..",
                "java.sql..",
                "software.amazon..",
                "org.sqlite..",
                "org.postgresql..",
                "org.apache.lucene..",
                "com.zaxxer..",
                "org.flywaydb..");
        var files = JavaClass.Predicates.resideInAPackage("java.nio.file..")
                .or(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "files", found -> FILE_CLASSES.contains(found.getName())));
        var cryptography = JavaClass.Predicates.resideInAnyPackage("com.nimbusds..", "org.bouncycastle..");
        var http = JavaClass.Predicates.resideInAPackage("io.micronaut.http..");
        var streams = JavaClass.Predicates.resideInAnyPackage("reactor..", "org.reactivestreams..");
        return Finding.all(Stream.of(
                        outside(layout.in(Place.STORAGE), drivers, "drivers in storage only"),
                        outside(
                                layout.in(Place.STORAGE, Place.FILES).or(Mains.HAS_MAIN),
                                files,
                                "files in storage, the places for files and main only"),
                        outside(layout.in(Place.IDENTITY), cryptography, "Nimbus and Bouncy Castle in identity only"),
                        outside(
                                layout.in(Place.APP, Place.EDGE, Place.HTTP),
                                http,
                                "HTTP in apps, the edge and the places for HTTP only"),
                        outside(
                                layout.in(Place.EDGE, Place.STREAMS),
                                streams,
                                "Reactor and Reactive Streams in the edge and the places for streams only"))
                .flatMap(lines -> lines));
    }

    private Stream<String> outside(Predicate<JavaClass> place, Predicate<JavaClass> technology, String expected) {
        return Finding.dependencies(code.own(), place.negate(), technology, expected);
    }

    private static String location(JavaClass found) {
        return found.getSource()
                .map(source -> source.getUri().toString().replace("file:///", "file:/"))
                .orElse("unknown");
    }

    /** Each package is a slice of its own. */
    private static final class EachPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass found) {
            return SliceIdentifier.of(found.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
