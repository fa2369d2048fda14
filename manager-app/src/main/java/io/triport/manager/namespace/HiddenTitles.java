package io.triport.manager.namespace;

import io.triport.domain.identity.Glob;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.util.List;

/** Namespaces that nobody is to see or change by the manager. */
public record HiddenTitles(List<Glob> patterns) {
    public HiddenTitles {
        patterns = List.copyOf(patterns);
    }

    public boolean hides(NamespaceTitle title) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(title.text()));
    }
}
