package io.triport.domain.inference;

import java.util.List;

/** The models of an app. @param budget of each principal */
public record ModelBindings(List<ModelBinding> models, TokenBudget budget) {
    public ModelBindings {
        models = List.copyOf(models);
    }
}
