package com.example.orders;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans with the names that every application has. */
@Configuration(proxyBeanMethods = false)
class Names {
    @Bean({"limits", "connections", "nodes", "broker", "hub", "upgrade", "presence", "topics", "draining", "housekeeping"})
    List<String> names() {
        return List.of();
    }
}
