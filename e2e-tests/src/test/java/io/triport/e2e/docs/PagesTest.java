package io.triport.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)]*)?\\)");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/getting-started.md", "docs/kv-proxy.md", "docs/operations.md"})
    void the_examples_of_a_page_print_what_it_says(String name) throws Exception {
        for (var program : new String[] {"bash", "curl", "openssl"}) {
            assumeTrue(Shell.has(program), program + " is not there, which the examples use");
        }
        var page = Page.read(name);
        var shell = new Shell(directory);

        var printed = shell.run(page);

        var expected = page.outputs();
        assertThat(expected).as("blocks of %s that are run", name).isNotEmpty();
        for (var i = 0; i < expected.size(); i++) {
            if (!expected.get(i).isEmpty()) {
                assertThat(printed.get(i)).as(shell::told).matches(pattern(expected.get(i)));
            }
        }
        assertThat(printed).as(shell::told).hasSize(expected.size() + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/console.md",
                "docs/gateway.md",
                "docs/gateway-reference.md",
                "docs/getting-started.md",
                "docs/identity.md",
                "docs/kv-proxy.md",
                "docs/manager.md",
                "docs/manager-caches.md",
                "docs/manager-reference.md",
                "docs/object-proxy.md",
                "docs/object-proxy-reference.md",
                "docs/operations.md",
                "docs/reference.md",
                "docs/storage-choices.md",
                "docs/storage-databases.md",
                "docs/storage-durable-objects.md",
                "docs/storage-models.md",
                "docs/storage-queues.md",
                "docs/storage-test-kit.md",
                "docs/storage.md"
            })
    void the_links_of_a_page_lead_somewhere(String name) throws Exception {
        var file = Page.root().resolve(name);
        var links = LINK.matcher(Files.readString(file));

        assertThat(links.results()
                        .map(link -> file.resolveSibling(link.group(1)).normalize()))
                .isNotEmpty()
                .allMatch(Files::exists);
    }

    private static Pattern pattern(String expected) {
        return Pattern.compile(
                Arrays.stream(expected.split(Pattern.quote("..."), -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }
}
