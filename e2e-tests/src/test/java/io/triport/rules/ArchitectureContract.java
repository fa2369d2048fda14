package io.triport.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The fourteen rules as tests. Extend it where the class path holds the program, and say where its parts lie. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ArchitectureContract {
    private final TriportRules rules;

    /** Reads the classes once for all rules. */
    protected ArchitectureContract(Layout layout) {
        this.rules = TriportRules.of(layout);
    }

    @Test
    void the_layout_names_packages_that_exist() {
        rules.checkLayout();
    }

    @Test
    void rule_01_domain_stands_alone() {
        rules.check(Rule.DOMAIN_STANDS_ALONE);
    }

    @Test
    void rule_02_domain_has_one_home() {
        rules.check(Rule.DOMAIN_HAS_ONE_HOME);
    }

    @Test
    void rule_03_dependencies_point_inward() {
        rules.check(Rule.DEPENDENCIES_POINT_INWARD);
    }

    @Test
    void rule_04_mechanisms_live_in_identity() {
        rules.check(Rule.MECHANISMS_LIVE_IN_IDENTITY);
    }

    @Test
    void rule_05_adapters_live_in_storage() {
        rules.check(Rule.ADAPTERS_LIVE_IN_STORAGE);
    }

    @Test
    void rule_06_identity_state_is_identitys() {
        rules.check(Rule.IDENTITY_STATE_IS_IDENTITYS);
    }

    @Test
    void rule_07_proofs_have_one_maker() {
        rules.check(Rule.PROOFS_HAVE_ONE_MAKER);
    }

    @Test
    void rule_08_no_reflection() {
        rules.check(Rule.NO_REFLECTION);
    }

    @Test
    void rule_09_technologies_have_a_place() {
        rules.check(Rule.TECHNOLOGIES_HAVE_A_PLACE);
    }

    @Test
    void rule_10_routes_declare_identity() {
        rules.check(Rule.ROUTES_DECLARE_IDENTITY);
    }

    @Test
    void rule_11_time_and_chance_are_given() {
        rules.check(Rule.TIME_AND_CHANCE_ARE_GIVEN);
    }

    @Test
    void rule_12_secrets_compare_in_constant_time() {
        rules.check(Rule.SECRETS_COMPARE_IN_CONSTANT_TIME);
    }

    @Test
    void rule_13_classes_are_closed() {
        rules.check(Rule.CLASSES_ARE_CLOSED);
    }

    @Test
    void rule_14_adapters_pass_contracts() {
        rules.check(Rule.ADAPTERS_PASS_CONTRACTS);
    }
}
