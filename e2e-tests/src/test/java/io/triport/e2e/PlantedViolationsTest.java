package io.triport.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import io.triport.domain.identity.Grant;
import io.triport.rules.Layout;
import io.triport.rules.Place;
import io.triport.rules.Rule;
import io.triport.rules.TriportRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule finds what was planted for it, and leaves alone what is allowed beside it. */
final class PlantedViolationsTest {
    private static final String DOMAIN = "io.triport.domain";

    /** Read once: the domain takes longer than all rules together. */
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("io.triport.e2e.planted", DOMAIN);

    @TempDir
    private Path folder;

    @Test
    void rule_1_finds_a_library_in_the_domain() {
        var rule = Rule.DOMAIN_STANDS_ALONE;

        var found = found(rule, layout(rule).with(Place.DOMAIN, in(rule, "domain")));

        assertThat(found)
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(line).contains("rule01.domain.ChattyValue").contains("org.slf4j"));
    }

    @Test
    void rule_2_finds_a_class_that_was_smuggled_into_the_domain() {
        compile("io.triport.domain.identity.Smuggled", "package io.triport.domain.identity; public class Smuggled {}");

        var found = smuggled().violations(Rule.DOMAIN_HAS_ONE_HOME);

        assertThat(found).singleElement().asString().startsWith("io.triport.domain.identity.Smuggled (expected: in [");
    }

    @Test
    void rule_3_finds_each_arrow_that_points_the_wrong_way() {
        var rule = Rule.DEPENDENCIES_POINT_INWARD;

        var found = found(
                rule,
                layout(rule)
                        .with(Place.APP, in(rule, "shop"), in(rule, "admin"))
                        .with(Place.STORAGE, in(rule, "disk"))
                        .with(Place.IDENTITY, in(rule, "login")));

        assertThat(found).anyMatch(line -> line.contains("shop.Shop") && line.contains("admin.Admin"));
        assertThat(found).anyMatch(line -> line.contains("shop.Shop") && line.contains("disk.Disk"));
        assertThat(found).anyMatch(line -> line.contains("disk.Disk") && line.contains("hmac.KeyId"));
        assertThat(found).anyMatch(line -> line.contains("login.Login") && line.contains("admin.Admin"));
        assertThat(found).anyMatch(line -> line.contains("Cycle detected") && line.contains("rule03.left"));
        assertThat(found).noneMatch(line -> line.contains("of type <" + in(rule, "login.Login")));
    }

    @Test
    void rule_4_finds_a_mechanism_in_an_app_and_a_task_that_is_no_enum() {
        var rule = Rule.MECHANISMS_LIVE_IN_IDENTITY;

        var found = found(rule, layout(rule).with(Place.APP, in(rule, "app")));
        var inIdentity = found(rule, layout(rule).with(Place.IDENTITY, in(rule, "app")));

        assertThat(names(found)).containsExactly(in(rule, "app.AdmitsAll"), in(rule, "app.AnyTask"));
        assertThat(names(inIdentity)).containsExactly(in(rule, "app.AnyTask"));
    }

    @Test
    void rule_5_finds_a_port_implemented_by_an_app_and_adapters_that_can_be_named() {
        var rule = Rule.ADAPTERS_LIVE_IN_STORAGE;

        var found = found(rule, layout(rule).with(Place.APP, in(rule, "app")).with(Place.STORAGE, in(rule, "disk")));

        assertThat(names(found))
                .containsExactly(
                        in(rule, "app.ShadowHealth"),
                        in(rule, "disk"),
                        in(rule, "disk.OpenHealth"),
                        in(rule, "disk.StorageFactory"));
    }

    @Test
    void rule_6_finds_an_app_that_touches_the_marks_and_identity_that_keeps_them() {
        var rule = Rule.IDENTITY_STATE_IS_IDENTITYS;

        var found = found(rule, layout(rule).with(Place.APP, in(rule, "app")).with(Place.IDENTITY, in(rule, "login")));

        assertThat(found).anyMatch(line -> line.contains("app.MarkCounter.forgetAll()"));
        assertThat(found).anyMatch(line -> line.startsWith(in(rule, "login.ForgetfulLedger (")));
        assertThat(found).noneMatch(line -> line.contains("MarkSpender"));
    }

    @Test
    void rule_7_finds_made_up_requests_tasks_and_doors() {
        var rule = Rule.PROOFS_HAVE_ONE_MAKER;

        var found = found(rule, layout(rule).with(Place.APP, in(rule, "app")).with(Place.EDGE, in(rule, "edge")));

        assertThat(found).hasSize(5).allMatch(line -> line.contains("app.ForgedRequest."));
        assertThat(found).anyMatch(line -> line.contains("request.Fetch.<init>"));
        assertThat(found).anyMatch(line -> line.contains("request.Scheduled.<init>"));
        assertThat(found).anyMatch(line -> line.contains("request.QueueBatch.<init>"));
        assertThat(found).anyMatch(line -> line.contains("door(") && line.contains("storage.Storage.<init>"));
        assertThat(found).anyMatch(line -> line.contains("byReference()") && line.contains("storage.Storage.<init>"));
    }

    @Test
    void rule_7_finds_a_made_up_grant() {
        compile("io.triport.domain.identity.Forger", """
            package io.triport.domain.identity;

            import io.triport.domain.request.RequestId;
            import java.time.Instant;
            import java.util.List;

            public final class Forger {
                public static Grant forge(Principal whoever, Permissions all) {
                    return new Grant(whoever, all, List.of(), Instant.MAX, new RequestId("forged"), BodyCheck.NONE);
                }
            }
            """);

        var found = smuggled().violations(Rule.PROOFS_HAVE_ONE_MAKER);

        assertThat(found)
                .singleElement()
                .asString()
                .contains("identity.Forger.forge(")
                .contains("Grant.<init>");
    }

    @Test
    void rule_8_finds_reflection() {
        var rule = Rule.NO_REFLECTION;

        var found = found(rule, layout(rule));

        assertThat(found).anyMatch(line -> line.contains("setAccessible"));
        assertThat(found).anyMatch(line -> line.contains("privateLookupIn"));
        assertThat(found).anyMatch(line -> line.contains("java.lang.reflect.Field"));
    }

    @Test
    void rule_9_finds_each_technology_outside_its_place() {
        var rule = Rule.TECHNOLOGIES_HAVE_A_PLACE;

        var found = found(rule, layout(rule).with(Place.APP, in(rule, "app")));

        for (var technology : List.of("java.sql.", "java.nio.file.", "org.bouncycastle.", "org.reactivestreams.")) {
            assertThat(found).anyMatch(line -> line.contains("app.Everything") && line.contains(technology));
        }
        assertThat(found).anyMatch(line -> line.contains("clock.WebClock") && line.contains("io.micronaut.http."));
        assertThat(found).noneMatch(line -> line.contains("clock.Main"));
    }

    @Test
    void rule_9_is_silent_where_the_layout_gives_each_technology_its_place() {
        var rule = Rule.TECHNOLOGIES_HAVE_A_PLACE;

        var found = found(
                rule,
                layout(rule)
                        .with(Place.STORAGE, in(rule, "app"))
                        .with(Place.IDENTITY, in(rule, "app"))
                        .with(Place.STREAMS, in(rule, "app"))
                        .with(Place.HTTP, in(rule, "clock")));

        assertThat(found).isEmpty();
    }

    @Test
    void rule_10_finds_a_route_without_identity_and_a_public_one_that_is_not_listed() {
        var rule = Rule.ROUTES_DECLARE_IDENTITY;

        var found = found(rule, layout(rule).withPublicRoutes(Set.of("GET /guarded", "GET /gone")));

        assertThat(found)
                .containsExactly(
                        "GET /gone is on the list of public routes (expected: a public route)",
                        "POST /planted is public (expected: on the list of public routes)",
                        in(
                                rule,
                                "UnguardedController.open() (expected: @ExecuteOn(TaskExecutors.BLOCKING), or a"
                                        + " Content)"),
                        in(rule, "UnguardedController.open() (expected: @Identity)"),
                        in(
                                rule,
                                "UnguardedController.unlisted() (expected: @ExecuteOn(TaskExecutors.BLOCKING), or a"
                                        + " Content)"));
    }

    @Test
    void rule_11_finds_each_question_to_the_system() {
        var rule = Rule.TIME_AND_CHANCE_ARE_GIVEN;

        var found = found(rule, layout(rule));

        for (var question : List.of(
                "Thread.sleep(",
                "System.out",
                "Instant.now()",
                "LocalDate.now(",
                "System.currentTimeMillis()",
                "UUID.randomUUID()",
                "java.util.Random.<init>()",
                "Math.random()",
                "java.lang.ThreadLocal")) {
            assertThat(found).as(question).anyMatch(line -> line.contains(question));
        }
        assertThat(found).noneMatch(line -> line.contains("Impatient.allowed("));
    }

    @Test
    void rule_12_finds_each_comparison_that_ends_early() {
        var rule = Rule.SECRETS_COMPARE_IN_CONSTANT_TIME;

        var found = found(rule, layout(rule));

        for (var method : List.of("texts(", "arrays(", "objects(", "bytes(", "references(")) {
            assertThat(found).as(method).anyMatch(line -> line.contains("EarlyEnding." + method));
        }
        assertThat(found).noneMatch(line -> line.contains("EarlyEnding.allowed("));
    }

    @Test
    void rule_13_finds_an_open_class_its_fields_and_its_package() {
        var rule = Rule.CLASSES_ARE_CLOSED;

        var found = found(rule, layout(rule));

        assertThat(found)
                .containsExactly(
                        in(rule, "Open (expected: final, sealed, abstract, a record, an enum or an interface)"),
                        in(rule, "Open.calls (expected: final, since it is static)"),
                        in(rule, "Open.count (expected: hidden)"),
                        in(rule, "Open.name (expected: no Optional)"),
                        "package " + in(rule) + " (expected: package-info with @NullMarked)");
    }

    @Test
    void rule_14_counts_the_tests_of_adapters() {
        var rule = Rule.ADAPTERS_PASS_CONTRACTS;

        var found = found(rule, layout(rule).with(Place.STORAGE, in(rule, "disk")));

        assertThat(found)
                .containsExactly(in(
                        rule,
                        "disk: [FirstLimiter, SecondLimiter] with tests [LimiterHeldToContract]"
                                + " (expected: for each a test that extends RateLimiterContract)"));
    }

    @Test
    void rule_14_finds_a_mock() {
        compile("org.mockito.Mockito", "package org.mockito; public class Mockito { public static void mock() {} }");
        compile("io.triport.domain.identity.Mocked", """
            package io.triport.domain.identity;

            public final class Mocked {
                public static void mocked() {
                    org.mockito.Mockito.mock();
                }
            }
            """);

        var found = smuggled().violations(Rule.ADAPTERS_PASS_CONTRACTS);

        assertThat(found).singleElement().asString().contains("Mocked.mocked()").contains("org.mockito.Mockito");
    }

    @Test
    void a_layout_that_names_a_package_without_classes_is_refused() {
        var rule = Rule.ADAPTERS_PASS_CONTRACTS;
        var rules = TriportRules.over(classes(rule), layout(rule).with(Place.STORAGE, in(rule, "disc")));

        assertThatThrownBy(rules::checkLayout)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("rule14.disc");
    }

    @Test
    void a_broken_rule_is_told_with_its_number_and_place() {
        var rule = Rule.TIME_AND_CHANCE_ARE_GIVEN;
        var rules = TriportRules.over(classes(rule), layout(rule));

        assertThatThrownBy(() -> rules.check(rule))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Rule 11")
                .hasMessageContaining("Impatient.java:");
    }

    private static List<String> found(Rule rule, Layout layout) {
        return TriportRules.over(classes(rule), layout).violations(rule);
    }

    private static JavaClasses classes(Rule rule) {
        return PLANTED.that(DescribedPredicate.describe(
                "planted for " + rule, found -> below(found, in(rule)) || below(found, DOMAIN)));
    }

    private static boolean below(JavaClass found, String root) {
        return (found.getPackageName() + ".").startsWith(root + ".");
    }

    private static Layout layout(Rule rule) {
        return Layout.of(in(rule));
    }

    private static String in(Rule rule) {
        return "io.triport.e2e.planted.rule%02d".formatted(rule.number());
    }

    private static String in(Rule rule, String name) {
        return in(rule) + "." + name;
    }

    /** What stands in front of the expectation. */
    private static List<String> names(List<String> found) {
        return found.stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .distinct()
                .toList();
    }

    private void compile(String name, String source) {
        var classPath = List.of(Compilation.home(Grant.class), Compilation.home(NullMarked.class));
        assertThat(Compilation.of(name, source, classPath, folder).errors()).isEmpty();
    }

    /** The rules over the domain with what was compiled into the folder. */
    private TriportRules smuggled() {
        var places = new ArrayList<Location>();
        places.addAll(Locations.ofPackage(DOMAIN));
        places.add(Location.of(folder));
        return TriportRules.over(new ClassFileImporter().importLocations(places), Layout.of(DOMAIN));
    }
}
