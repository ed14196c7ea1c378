package dev.pushwire.push;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the topics that have subscribers on this node, by name.
 *
 * @param next the name after which the next page begins; null if this is the last page
 */
public record TopicPage(List<TopicStatus> topics, @Nullable String next) {}
