package io.triport.domain.inference;

import java.util.EnumSet;
import java.util.Set;

/** Which models are wanted. @param tasks one of these @param part of the name, as it is written; empty for all */
public record ModelFilter(Set<Task> tasks, String part) {
    public static final ModelFilter ALL = new ModelFilter(EnumSet.allOf(Task.class), "");

    public ModelFilter {
        tasks = Set.copyOf(tasks);
    }

    public static ModelFilter of(Task task) {
        return new ModelFilter(Set.of(task), "");
    }

    boolean takes(ModelInfo model) {
        return tasks.contains(model.task()) && model.name().text().contains(part);
    }
}
