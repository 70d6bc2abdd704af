// tpl/bridge.cc - the only C++ here: shows our dictionaries to ctemplate.
//
// The engine asks for names while it expands; a view answers out of the lists of dict.h,
// so that nothing is copied and the engine's table of names does not grow. A view is
// valid until the iterator that made it moves on, which is how the engine uses it.

#include "tpl/bridge.h"

#include <ctemplate/template.h>
#include <ctemplate/template_dictionary_interface.h>
#include <ctemplate/template_modifiers.h>

using ctemplate::TemplateString;

static const char job_key[] = "job";

// The mode that goes further joins lines and would make one word of two.
static const ctemplate::Strip strip = ctemplate::STRIP_BLANK_LINES;

struct bridge_cache {
    ctemplate::TemplateCache cache;
};

namespace
{

class view : public ctemplate::TemplateDictionaryInterface
{
  public:
    view(const struct tpl_dict *dict, struct bridge_job *job) : dict_(dict), job_(job)
    {
    }

    void show(const struct tpl_dict *dict)
    {
        dict_ = dict;
    }

  protected:
    class times;

    // The engine asks two or three times in a row for the same name, which stands at
    // one place in the text of its template.
    enum tpl_name find(const TemplateString &name) const
    {
        if (job_->asked != name.data()) {
            job_->asked = name.data();
            job_->found = tpl_index_find(job_->index, name.data(), name.size());
        }
        return job_->found;
    }

    const struct dict_part *part(const TemplateString &name, enum tpl_as as) const
    {
        return tpl_dict_part(dict_, find(name), as);
    }

    TemplateString GetValue(const TemplateString &name) const override
    {
        job_->last = tpl_dict_value(dict_, find(name));
        return job_->last != nullptr ? TemplateString(job_->last->p, job_->last->n)
                                     : TemplateString("", 0);
    }

    bool IsHiddenSection(const TemplateString &name) const override
    {
        return part(name, TPL_AS_SECTION) == nullptr;
    }

    bool IsUnhiddenSection(const TemplateString &name) const override
    {
        return !IsHiddenSection(name);
    }

    // Called for every {{>NAME}} that is reached: one without a file is an error.
    bool IsHiddenTemplate(const TemplateString &name) const override
    {
        if (part(name, TPL_AS_INCLUDE) != nullptr)
            return false;
        job_->missing = find(name);
        return true;
    }

    const char *GetIncludeTemplateName(const TemplateString &name,
                                       int number) const override
    {
        const struct tpl_dict *d = part(name, TPL_AS_INCLUDE)->first;
        while (number-- > 0)
            d = d->next;
        return job_->keys[d->file];
    }

    Iterator *CreateTemplateIterator(const TemplateString &name) const override;
    Iterator *CreateSectionIterator(const TemplateString &name) const override;

    void DumpToString(std::string *out, int) const override
    {
        out->append("{}");
    }

  private:
    const struct tpl_dict *dict_;
    struct bridge_job *job_;
};

// Walks over all times of one part.
class view::times : public ctemplate::TemplateDictionaryInterface::Iterator
{
  public:
    times(const struct tpl_dict *first, struct bridge_job *job)
        : next_(first), view_(first, job)
    {
    }

    bool HasNext() const override
    {
        return next_ != nullptr;
    }

    const ctemplate::TemplateDictionaryInterface &Next() override
    {
        view_.show(next_);
        next_ = next_->next;
        return view_;
    }

  private:
    const struct tpl_dict *next_;
    view view_;
};

ctemplate::TemplateDictionaryInterface::Iterator *
view::CreateTemplateIterator(const TemplateString &name) const
{
    return new times(part(name, TPL_AS_INCLUDE)->first, job_);
}

ctemplate::TemplateDictionaryInterface::Iterator *
view::CreateSectionIterator(const TemplateString &name) const
{
    return new times(part(name, TPL_AS_SECTION)->first, job_);
}

// The engine hands a modifier the bytes of the value that it has just looked up: was
// exactly that value set as this kind?
bool
was_set_as(enum dict_kind kind, const char *in, size_t n,
           const ctemplate::PerExpandData *data)
{
    const struct bridge_job *job =
        static_cast<const struct bridge_job *>(data->LookupForModifiers(job_key));
    const struct dict_value *v = job != nullptr ? job->last : nullptr;
    return v != nullptr && v->kind == kind && v->p == in && v->n == n;
}

// {{NAME:x-html}}: HTML passes, anything else is escaped as text.
class html_passes : public ctemplate::TemplateModifier
{
    void Modify(const char *in, size_t n, const ctemplate::PerExpandData *data,
                ctemplate::ExpandEmitter *out, const std::string &) const override
    {
        if (was_set_as(DICT_HTML, in, n, data))
            out->Emit(in, n);
        else
            ctemplate::html_escape.Modify(in, n, data, out, "");
    }
};

// {{NAME:x-srcset}}: a list that tpl_set_srcset wrote passes, anything else is nothing.
class srcset_passes : public ctemplate::TemplateModifier
{
    void Modify(const char *in, size_t n, const ctemplate::PerExpandData *data,
                ctemplate::ExpandEmitter *out, const std::string &) const override
    {
        if (was_set_as(DICT_SRCSET, in, n, data))
            out->Emit(in, n);
    }
};

// {{NAME:x-lines}}: escaped like any value, but a tab and a line end stay what they are:
// the engine's own modifier makes blanks of them, which would join the lines of a text
// that is being edited.
class lines_pass : public ctemplate::TemplateModifier
{
    void Modify(const char *in, size_t n, const ctemplate::PerExpandData *data,
                ctemplate::ExpandEmitter *out, const std::string &) const override
    {
        ctemplate::pre_escape.Modify(in, n, data, out, "");
    }
};

class emitter : public ctemplate::ExpandEmitter
{
  public:
    explicit emitter(const struct bridge_job *job) : job_(job)
    {
    }
    void Emit(char c) override
    {
        job_->emit(job_->out, &c, 1);
    }
    void Emit(const std::string &s) override
    {
        job_->emit(job_->out, s.data(), s.size());
    }
    void Emit(const char *s) override
    {
        job_->emit(job_->out, s, strlen(s));
    }
    void Emit(const char *s, size_t n) override
    {
        job_->emit(job_->out, s, n);
    }

  private:
    const struct bridge_job *job_;
};

// The engine's table of modifiers belongs to the process, so this does too.
bool
register_modifier()
{
    static const html_passes html;
    static const lines_pass lines;
    static const srcset_passes srcset;
    static const bool done = ctemplate::AddXssSafeModifier("x-html", &html) &&
                             ctemplate::AddXssSafeModifier("x-lines", &lines) &&
                             ctemplate::AddXssSafeModifier("x-srcset", &srcset);
    return done;
}

} // namespace

struct bridge_cache *
bridge_cache_new(void)
{
    try {
        return register_modifier() ? new bridge_cache : nullptr;
    } catch (...) {
        return nullptr;
    }
}

void
bridge_cache_free(struct bridge_cache *cache)
{
    delete cache;
}

bool
bridge_cache_add(struct bridge_cache *cache, const char *key, const char *text, size_t n)
{
    try {
        return cache->cache.StringToTemplateCache(key, text, n, strip);
    } catch (...) {
        return false;
    }
}

bool
bridge_cache_freeze(struct bridge_cache *cache)
{
    try {
        cache->cache.Freeze();
        return true;
    } catch (...) {
        return false;
    }
}

bool
bridge_expand(const struct bridge_cache *cache, struct bridge_job *job)
{
    try {
        view root(job->dict, job);
        emitter out(job);
        ctemplate::PerExpandData data;
        data.InsertForModifiers(job_key, job);
        job->missing = T__MAX;
        job->last = nullptr;
        job->asked = nullptr;
        return cache->cache.ExpandNoLoad(job->keys[job->dict->file], strip, &root, &data,
                                         &out) &&
               job->missing == T__MAX;
    } catch (...) {
        return false;
    }
}
