# Compiles native/*.cpp and the generated glue into one Node-API addon.
# Each variable can be overridden, so that the same rules serve another compiler, wheel or platform:
#   make -f native/native.mk CXX='python -m ziglang c++ -target …' MLX_ROOT=… OUT=…

CXX         ?= g++
MLX_ROOT    ?= $(error set MLX_ROOT to the folder of the mlx wheel that holds include/ and lib/)
NODE_API    ?= node_modules/node-api-headers/include
GENERATED   ?= build/bind/cpp
OUT         ?= build/native
NAPI_VERSION ?= 8

OPTIMISE    ?= -O2
WARNINGS    ?= -Wall -Wextra -Wno-unused-parameter
CXXFLAGS    ?=
# Never unloaded: a worker that ends lets go of it, while threads of MLX may be about to free memory here.
LDFLAGS     ?= -shared -Wl,-rpath,'$$ORIGIN' -Wl,--version-script=native/exports.map -Wl,-z,nodelete
LIBS        ?= $(MLX_ROOT)/lib/libmlx.so

SOURCES := $(wildcard native/*.cpp $(GENERATED)/*.cpp)
OBJECTS := $(patsubst %.cpp,$(OUT)/objects/%.o,$(SOURCES))
# The wheel's headers are not ours to warn about: -isystem.
FLAGS = -std=c++20 $(OPTIMISE) -fPIC -fvisibility=hidden -DNAPI_VERSION=$(NAPI_VERSION) $(WARNINGS) \
	-Inative -I$(GENERATED) -isystem $(NODE_API) -isystem $(MLX_ROOT)/include $(CXXFLAGS)

# A stub that says what a library of the system has (macOS) decides where symbols are bound.
$(OUT)/mlx.node: $(OBJECTS) native/exports.map $(wildcard $(OUT)/*.tbd)
	@echo "link $@"
	@$(CXX) $(OBJECTS) $(LIBS) $(LDFLAGS) -o $@

# Comes before mlx.node (Linux).
$(OUT)/preload.node: native/preload/preload.cpp $(OUT)/flags
	@echo "compile $<"
	@$(CXX) $(FLAGS) $< -shared -o $@

# The flags' file is rewritten only when a flag changes: then everything is compiled again.
$(OUT)/flags: FORCE
	@mkdir -p $(OUT)
	@echo '$(CXX) $(subst ','\'',$(FLAGS) $(LDFLAGS))' | cmp -s - $@ || \
		echo '$(CXX) $(subst ','\'',$(FLAGS) $(LDFLAGS))' > $@

$(OUT)/objects/%.o: %.cpp $(OUT)/flags
	@mkdir -p $(@D)
	@echo "compile $<"
	@$(CXX) $(FLAGS) -MMD -MP -c $< -o $@

.PHONY: FORCE
FORCE:

-include $(OBJECTS:.o=.d)
