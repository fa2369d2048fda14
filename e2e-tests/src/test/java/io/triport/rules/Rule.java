package io.triport.rules;

/** The rules by number, as the architecture states them. */
public enum Rule {
    DOMAIN_STANDS_ALONE("the domain depends on the JDK's base, itself and JSpecify only"),
    DOMAIN_HAS_ONE_HOME("classes in io.triport.domain come from its own module only"),
    DEPENDENCIES_POINT_INWARD(
            "app -> identity -> domain <- storage, no cycles between packages, apps do not know each other"),
    MECHANISMS_LIVE_IN_IDENTITY("identity mechanisms are written in identity only, system tasks are enums"),
    ADAPTERS_LIVE_IN_STORAGE(
            "storage ports are implemented in storage only, by closed classes that nobody else can name"),
    IDENTITY_STATE_IS_IDENTITYS(
            "credentials, nonces and revocations are used by identity and implemented by storage only"),
    PROOFS_HAVE_ONE_MAKER("grants, requests, tasks and the door to storage are each made in one place"),
    NO_REFLECTION("nothing looks behind access rules"),
    TECHNOLOGIES_HAVE_A_PLACE("drivers, files, cryptography libraries, HTTP and streams stay in their packages"),
    ROUTES_DECLARE_IDENTITY("every route says who may call, the public ones are listed, and controllers may block"),
    TIME_AND_CHANCE_ARE_GIVEN("nothing asks the system for time, chance or a console"),
    SECRETS_COMPARE_IN_CONSTANT_TIME("secrets and signatures are compared by MessageDigest.isEqual only"),
    CLASSES_ARE_CLOSED("classes are closed, state is hidden, packages are null-marked"),
    ADAPTERS_PASS_CONTRACTS("no mocking library, and each adapter has a test for the contract of each port");

    private final String sentence;

    Rule(String sentence) {
        this.sentence = sentence;
    }

    public int number() {
        return ordinal() + 1;
    }

    public String sentence() {
        return sentence;
    }

    @Override
    public String toString() {
        return "Rule " + number() + ", " + sentence;
    }
}
