package io.triport.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rule 14: adapters are held to the contract of their port, and nothing is mocked. */
record ContractRules(Layout layout, Code code) {
    private static final Map<String, String> MOCKING = Map.of(
            "org.mockito", "org/mockito/Mockito.class",
            "org.easymock", "org/easymock/EasyMock.class",
            "org.powermock", "org/powermock/core/MockRepository.class",
            "org.jmock", "org/jmock/Mockery.class",
            "mockit", "mockit/Mocked.class",
            "io.mockk", "io/mockk/MockK.class");

    /**
     * An engine's own promise is that what is done together is done whole. How it feels has no contract, and tables that are handed
     * out have one each. What brings messages is one class for all engines, with a test of its own.
     */
    private static final Map<String, String> OTHER_CONTRACTS =
            Map.of(Ports.ENGINE, "TogetherContract", Ports.HEALTH, "", Ports.TABLES, "", Ports.DELIVERIES, "");

    List<String> adaptersPassContracts() {
        return Finding.all(Stream.of(mocked(), mockingLibraries(), untested()).flatMap(lines -> lines));
    }

    private Stream<String> mocked() {
        return Finding.dependencies(
                code.tests(), layout::checks, target -> mocks(target.getPackageName()), "fakes that pass the contract");
    }

    private static boolean mocks(String name) {
        return MOCKING.keySet().stream().anyMatch(library -> Layout.within(name, library));
    }

    private static Stream<String> mockingLibraries() {
        var loader = ContractRules.class.getClassLoader();
        return MOCKING.values().stream()
                .map(loader::getResource)
                .filter(Objects::nonNull)
                .map(url -> url + " is on the class path (expected: no mocking library)");
    }

    /** One test for each adapter and port, in the adapter's package, counted: two adapters need two. */
    private Stream<String> untested() {
        var ports = Ports.withAdapters(code);
        return adapters().collect(Collectors.groupingBy(JavaClass::getPackageName)).entrySet().stream()
                .flatMap(entry -> ports.stream().flatMap(port -> untested(entry.getKey(), entry.getValue(), port)));
    }

    private Stream<String> untested(String name, List<JavaClass> adapters, String port) {
        var contract = contract(port);
        var implementors = adapters.stream()
                .filter(adapter -> adapter.isAssignableTo(port))
                .map(JavaClass::getSimpleName)
                .sorted()
                .toList();
        var tests = tests(name, contract);
        return contract.isEmpty() || tests.size() >= implementors.size()
                ? Stream.of()
                : Stream.of(name + ": " + implementors + " with tests " + tests
                        + " (expected: for each a test that extends " + contract + ")");
    }

    private Set<String> tests(String name, String contract) {
        return code.tests().stream()
                .filter(test -> test.getPackageName().equals(name)
                        && !test.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(test -> test.getAllRawSuperclasses().stream()
                        .anyMatch(parent -> parent.getSimpleName().equals(contract)))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
    }

    private Stream<JavaClass> adapters() {
        return code.own().stream().filter(layout.in(Place.STORAGE)).filter(found -> !found.isInterface());
    }

    private static String contract(String port) {
        return OTHER_CONTRACTS.getOrDefault(port, port.substring(port.lastIndexOf('.') + 1) + "Contract");
    }
}
