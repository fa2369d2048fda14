package io.triport.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.TreeSet;

/** The rules over one program. Reads its classes once, when made; safe for many threads. */
public final class TriportRules {
    private final Layout layout;
    private final Code code;

    private TriportRules(Layout layout, Code code) {
        this.layout = layout;
        this.code = code;
    }

    /** Over what the class path has of the layout's roots. */
    public static TriportRules of(Layout layout) {
        return new TriportRules(layout, Code.of(layout));
    }

    /** Over classes that were imported by other means. They have to include Triport's domain. */
    public static TriportRules over(JavaClasses classes, Layout layout) {
        return new TriportRules(layout, Code.of(layout, classes));
    }

    /** Over all packages below the roots, for a program that is one app. */
    public static TriportRules forPackages(String... roots) {
        return of(Layout.of(roots).with(Place.APP, roots));
    }

    /** One line for each offence, with its place in the source. */
    public List<String> violations(Rule rule) {
        var dependencies = new DependencyRules(layout, code);
        var ports = new PortRules(layout, code);
        var style = new CodeRules(layout, code);
        return switch (rule) {
            case DOMAIN_STANDS_ALONE -> dependencies.domainStandsAlone();
            case DOMAIN_HAS_ONE_HOME -> dependencies.domainHasOneHome();
            case DEPENDENCIES_POINT_INWARD -> dependencies.dependenciesPointInward();
            case MECHANISMS_LIVE_IN_IDENTITY -> ports.mechanismsLiveInIdentity();
            case ADAPTERS_LIVE_IN_STORAGE -> ports.adaptersLiveInStorage();
            case IDENTITY_STATE_IS_IDENTITYS -> ports.identityStateIsIdentitys();
            case PROOFS_HAVE_ONE_MAKER -> ports.proofsHaveOneMaker();
            case NO_REFLECTION -> style.noReflection();
            case TECHNOLOGIES_HAVE_A_PLACE -> dependencies.technologiesHaveAPlace();
            case ROUTES_DECLARE_IDENTITY -> new RouteRules(layout, code).routesDeclareIdentity();
            case TIME_AND_CHANCE_ARE_GIVEN -> style.timeAndChanceAreGiven();
            case SECRETS_COMPARE_IN_CONSTANT_TIME -> style.secretsCompareInConstantTime();
            case CLASSES_ARE_CLOSED -> style.classesAreClosed();
            case ADAPTERS_PASS_CONTRACTS -> new ContractRules(layout, code).adaptersPassContracts();
        };
    }

    /** @throws AssertionError when the rule is broken, with one line for each offence */
    public void check(Rule rule) {
        fail(rule + " is broken", violations(rule));
    }

    /**
     * A rule about a package that is misspelt would hold for ever.
     *
     * @throws AssertionError when the layout names a package of the program in which there is no class
     */
    public void checkLayout() {
        var named = new TreeSet<>(layout.roots());
        layout.places().values().forEach(named::addAll);
        var present = code.packages();
        var missing = named.stream()
                .filter(name -> layout.roots().stream().anyMatch(root -> Layout.within(name, root)))
                .filter(name -> present.stream().noneMatch(found -> Layout.within(found, name)))
                .toList();
        fail("the layout names packages without classes", missing);
    }

    private static void fail(String what, List<String> lines) {
        if (!lines.isEmpty()) {
            throw new AssertionError(what + ":\n  " + String.join("\n  ", lines));
        }
    }
}
